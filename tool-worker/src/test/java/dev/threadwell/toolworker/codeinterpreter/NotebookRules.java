package dev.threadwell.toolworker.codeinterpreter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.toolworker.codeinterpreter.CodeSandbox.Output;
import dev.threadwell.toolworker.codeinterpreter.CodeSandbox.Session;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In each sandbox code is executed as in a notebook. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class NotebookRules {

    /** Longer than honest code takes on the busiest machine. */
    static final Duration LONG = Duration.ofMinutes(2);

    CodeSandbox sandbox;
    Session session;

    /**
     * One that keeps 5,000 characters and 2 pictures of a call, and 16 MiB of files.
     *
     * @param grace how long code may resist being stopped
     */
    abstract CodeSandbox sandbox(Duration grace);

    @BeforeAll
    void open() throws IOException {
        sandbox = sandbox(LONG);
        session = sandbox.open();
    }

    @AfterEach
    void reopen() throws IOException {
        if (!session.isAlive()) {
            session = sandbox.open();
        }
    }

    @AfterAll
    void close() {
        session.close();
    }

    List<Output> outputs(String code) throws IOException {
        return session.execute(code, LONG);
    }

    String logs(String code) throws IOException {
        return logs(outputs(code));
    }

    static String logs(List<Output> outputs) {
        return outputs.stream()
                .map(output -> output instanceof Output.Logs(String text) ? text : "[picture]\n")
                .collect(Collectors.joining());
    }

    @Test
    void theValueOfTheLastExpressionIsAnOutput() throws IOException {
        String code =
                "import math\n\n# 计算 1234567 的平方根\nsqrt_result = math.sqrt(1234567)\n\nsqrt_result";

        assertThat(outputs(code)).containsExactly(new Output.Logs("1111.1107055554814"));
    }

    @Test
    void whatIsPrintedComesBeforeTheValue() throws IOException {
        assertThat(outputs("print('six')\n7")).containsExactly(new Output.Logs("six\n7"));
        assertThat(logs("print('six', end='')\n7")).isEqualTo("six\n7");
        assertThat(logs("import os\nos.system('echo six')\n7")).isEqualTo("six\n7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "None",
                "7;",
                "7; # seven",
                "x = 7",
                "if True:\n    7",
                "def f(): return 7",
                "# 7",
                ""
            })
    void anotherStatementHasNoValue(String code) throws IOException {
        assertThat(outputs(code)).isEmpty();
    }

    @Test
    void valuesAreWrittenAsANotebookWritesThem() throws IOException {
        assertThat(logs("'text'")).isEqualTo("'text'");
        assertThat(logs("'x' * 100")).isEqualTo("'" + "x".repeat(100) + "'");
        assertThat(logs("a = b = 3\na, b")).isEqualTo("(3, 3)");
        assertThat(logs("[int, 1.5, None]")).isEqualTo("[int, 1.5, None]");
        assertThat(logs("{'b' * 50: 1, 'a' * 50: 2}"))
                .isEqualTo("{'%s': 1,\n '%s': 2}".formatted("b".repeat(50), "a".repeat(50)));
        assertThat(logs("import pandas as pd\npd.DataFrame({'a': [1, 2]})"))
                .isEqualTo("   a\n0  1\n1  2");
        assertThat(logs("import numpy\nnumpy.arange(3)")).isEqualTo("array([0, 1, 2])");
        assertThat(logs("class Boat: pass\nBoat()")).matches("<__main__\\.Boat at 0x[0-9a-f]+>");
        assertThat(logs("lambda x: x")).isEqualTo("<function __main__.<lambda>(x)>");
        assertThat(logs("len(repr(list(range(5000))))")).isEqualTo("28890");
        assertThat(logs("[0] * 5000")).endsWith("\n 0,\n ...]").hasLineCount(1_001);
    }

    @Test
    void theLastValueIsKeptUnderItsName() throws IOException {
        session.execute("40 + 2", LONG);

        assertThat(logs("_ + 1")).isEqualTo("43");
    }

    @Test
    void aFigureIsShownOnce() throws IOException {
        String figure = "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot([1])\n";

        assertThat(logs(figure + "fig")).isEqualTo("[picture]\n");
        assertThat(logs(figure + "plt.show()\nfig")).isEqualTo("[picture]\n");
        assertThat(logs(figure + "plt.close()\nfig")).isEqualTo("[picture]\n");
        assertThat(logs("plt.plot([1])"))
                .matches("\\[<matplotlib\\.lines\\.Line2D at 0x[0-9a-f]+>\\]\\[picture]\n");
    }

    @Test
    void aValueWhoseTextCannotBeHadIsAnErrorOfTheCode() throws IOException {
        assertThat(logs("class A:\n    def __repr__(self): raise KeyError('no')\nA()"))
                .endsWith("KeyError: 'no'\n")
                .doesNotContain("pprint");
    }

    @Test
    void linesOfTheShellAreExecutedInTheirPlace() throws IOException {
        assertThat(logs("print(1)\n!echo 2; echo 3 >&2\nprint(4)")).isEqualTo("1\n2\n3\n4\n");
        assertThat(logs("for i in range(2):\n    !echo {i + 1} $i ${HOME}"))
                .isEqualTo("1 0 /tmp\n2 1 /tmp\n");
        assertThat(logs("lines = !printf 'a\\nb'\nlines")).isEqualTo("['a', 'b']");
        assertThat(logs("open('seen.txt', 'w').close()\n!ls /mnt/data/seen.txt"))
                .isEqualTo("/mnt/data/seen.txt\n");
        assertThat(logs("!exit 3\n_exit_code")).isEqualTo("3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!pip install requests",
                "!pip3 install -q requests",
                "!python3 -m pip install requests",
                "%pip install requests",
                "pip install requests",
                "%conda install requests"
            })
    void nothingIsInstalledAndThatIsSaidAtOnce(String code) throws IOException {
        assertThat(logs(code)).startsWith("Nothing can be installed: there is no network here.");
    }

    @Test
    void magicsDoWhatTheyDoInANotebook() throws IOException {
        assertThat(logs("%matplotlib inline\n%load_ext autoreload\n5")).isEqualTo("5");
        assertThat(logs("%cd /tmp\n%cd /mnt/data\n%pwd")).isEqualTo("/tmp\n/mnt/data\n'/mnt/data'");
        assertThat(logs("%env BOAT=ferry\n!echo $BOAT")).isEqualTo("env: BOAT=ferry\nferry\n");
        assertThat(logs("%time 6 * 7"))
                .matches("CPU times: user .*, sys: .*, total: .*\nWall time: .*\n42");
        assertThat(logs("%%time\nx = 6\nx * 7")).startsWith("CPU times").endsWith("\n42");
        assertThat(logs("%timeit -n 10 -r 2 sum(range(10))"))
                .contains(" per loop (mean ± std. dev. of 2 runs, 10 loops each)");
        assertThat(logs("%%bash\nfor i in 1 2; do echo $i; done")).isEqualTo("1\n2\n");
        assertThat(logs("%%writefile made.py\nboat = 'ferry'\n")).endsWith("ing made.py\n");
        assertThat(logs("%run made.py\nboat")).isEqualTo("'ferry'");
        assertThat(logs("%%capture said\nprint(5)")).isEmpty();
        assertThat(logs("said.stdout")).isEqualTo("'5\\n'");
        assertThat(logs("%reset -f\n%who")).isEqualTo("Interactive namespace is empty.\n");
        assertThat(logs("whale = 1\n%who")).isEqualTo("whale\n");
    }

    @Test
    void aMagicThatIsNotThereIsSaidInOneLine() throws IOException {
        assertThat(logs("print(1)\n%nosuch thing\nprint(2)"))
                .isEqualTo("1\nUsageError: Line magic function `%nosuch` not found.\n");
        assertThat(logs("%%javascript\nalert(1)"))
                .isEqualTo("UsageError: Cell magic `%%javascript` not found.\n");
    }

    @Test
    void aQuestionMarkAsksForHelp() throws IOException {
        assertThat(logs("import math\nmath.sqrt?"))
                .isEqualTo(
                        """
                        Signature: math.sqrt(x, /)
                        Type:      builtin_function_or_method
                        Docstring: Return the square root of x.
                        """);
        assertThat(logs("?nothing_like_it")).isEqualTo("Object `nothing_like_it` not found.\n");
    }

    @Test
    void whatOnlyLooksLikeALineOfANotebookIsPython() throws IOException {
        assertThat(logs("x = 10 \\\n% 3\nx")).isEqualTo("1");
        assertThat(logs("s = '''\n!ls\n%pwd\n?s\n'''\n%matplotlib inline\nprint(s)"))
                .isEqualTo("\n!ls\n%pwd\n?s\n\n");
        assertThat(logs("x = (7\n% 4)\n%matplotlib inline\nx")).isEqualTo("3");
        assertThat(logs("x = (1,\n!")).contains("SyntaxError: '(' was never closed");
    }

    @Test
    void aLineOfATracebackIsTheOneThatWasWritten() throws IOException {
        assertThat(logs("%matplotlib inline\n!true \\\n  and more\n\n1 / 0"))
                .contains("line 5, in <module>\n    1 / 0\n");
    }

    @Test
    void aCellMayAwait() throws IOException {
        assertThat(logs("import asyncio\nawait asyncio.sleep(0, 'slept')")).isEqualTo("'slept'");
        assertThat(logs("asyncio.run(asyncio.sleep(0, 'again'))")).isEqualTo("'again'");
    }

    @Test
    void aProgramOfTheShellIsStoppedWithItsCell() throws IOException {
        List<Output> stopped =
                session.execute(
                        "!echo $$$$ > shell.pid; exec sleep 1000", Duration.ofMillis(2_000));

        assertThat(logs(stopped)).contains("TimeoutError: the code was stopped after");
        assertThat(logs("!kill -0 $(cat shell.pid)")).contains("No such process");
    }

    @Test
    void whatNotebooksImportFromIPythonIsThere() throws IOException {
        assertThat(logs("from IPython.display import display\ndisplay({'a': 1})\ndisplay(2)"))
                .isEqualTo("{'a': 1}\n2\n");
    }
}
