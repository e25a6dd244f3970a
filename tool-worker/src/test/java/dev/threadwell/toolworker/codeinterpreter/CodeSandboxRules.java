package dev.threadwell.toolworker.codeinterpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.threadwell.toolworker.codeinterpreter.CodeSandbox.Output;
import dev.threadwell.toolworker.codeinterpreter.CodeSandbox.SandboxFile;
import dev.threadwell.toolworker.codeinterpreter.CodeSandbox.Session;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every sandbox for code does, whatever it is made of. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CodeSandboxRules {

    /** Longer than honest code takes on the busiest machine. */
    static final Duration LONG = Duration.ofMinutes(2);

    private static final long MOST = 16 << 20;
    private static final Duration SHORT = Duration.ofMillis(300);

    private CodeSandbox sandbox;
    private Session session;

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

    private List<Output> outputs(String code) throws IOException {
        return session.execute(code, LONG);
    }

    private String logs(String code) throws IOException {
        return logs(outputs(code));
    }

    private static String logs(List<Output> outputs) {
        return outputs.stream()
                .map(output -> output instanceof Output.Logs(String text) ? text : "[picture]\n")
                .collect(Collectors.joining());
    }

    private void put(String name, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        session.put(name, bytes.length, new ByteArrayInputStream(bytes));
    }

    private String got(String name) throws IOException {
        return session.get(
                name, MOST, (bytes, _) -> new String(bytes.readAllBytes(), StandardCharsets.UTF_8));
    }

    @Test
    void codeCanBeExecutedHere() {
        assertThat(sandbox.unavailable()).isNull();
    }

    @Test
    void whatIsPrintedIsLogsAndTheValueOfTheLastExpressionIsNot() throws IOException {
        assertThat(outputs("print('six')\n7")).containsExactly(new Output.Logs("six\n"));
    }

    @Test
    void codeThatPrintsNothingHasNoOutputs() throws IOException {
        assertThat(outputs("x = 1")).isEmpty();
    }

    @Test
    void variablesStayFromCallToCall() throws IOException {
        session.execute("kept = 41", LONG);

        assertThat(logs("print(kept + 1)")).isEqualTo("42\n");
    }

    @Test
    void whatProgramsAndErrorsSayIsInItsPlace() throws IOException {
        assertThat(
                        logs(
                                """
                                import os, sys
                                print('one')
                                os.system('echo two; echo three >&2')
                                sys.stderr.write('four\\n')
                                """))
                .isEqualTo("one\ntwo\nthree\nfour\n");
    }

    @Test
    void anErrorIsATracebackOfTheCodeAlone() throws IOException {
        assertThat(logs("print('before')\n1 / 0"))
                .startsWith("before\nTraceback (most recent call last):\n  File \"<cell ")
                .contains("line 2, in <module>\n    1 / 0\n")
                .endsWith("ZeroDivisionError: division by zero\n")
                .doesNotContain("driver");
    }

    @Test
    void figuresArePicturesAmongTheLogs() throws IOException {
        List<Output> outputs =
                outputs(
                        """
                        import matplotlib.pyplot as plt
                        print('before')
                        plt.plot([1, 2]); plt.show()
                        print('after')
                        plt.plot([2, 1])
                        """);

        assertThat(logs(outputs)).isEqualTo("before\n[picture]\nafter\n[picture]\n");
        BufferedImage picture =
                ImageIO.read(new ByteArrayInputStream(((Output.Picture) outputs.get(1)).png()));
        assertThat(picture.getWidth()).isGreaterThan(100);
    }

    @Test
    void chineseLabelsAreDrawn() throws IOException {
        assertThat(
                        logs(
                                """
                                import matplotlib.pyplot as plt
                                plt.plot([-1, 2]); plt.title('温度变化'); plt.show()
                                plt.rcParams['font.sans-serif'] = ['SimHei']
                                plt.plot([-1, 2]); plt.xlabel('月份'); plt.show()
                                """))
                .isEqualTo("[picture]\n[picture]\n");
    }

    @Test
    void morePicturesThanAreAllowedAreLeftOut() throws IOException {
        assertThat(
                        logs(
                                """
                                import matplotlib.pyplot as plt
                                for i in range(4):
                                    plt.plot([i]); plt.show()
                                """))
                .startsWith("[picture]\n[picture]\n[A picture was left out")
                .doesNotEndWith("[picture]\n");
    }

    @Test
    void aFloodOfWordsIsCutAndSaysSo() throws IOException {
        String logs = logs("for i in range(1_000_000): print('🚢')\n1 / 0");

        assertThat(logs)
                .hasSizeLessThan(20_000)
                .contains("[1995000 more characters were left out.]")
                .endsWith("ZeroDivisionError: division by zero\n");
    }

    @Test
    void aFloodFromAnotherProgramIsCutToo() throws IOException {
        assertThat(logs("import os; os.system('yes | head -c 10000000')"))
                .hasSizeLessThan(6_000)
                .contains("more characters were left out");
    }

    @Test
    void codeThatTakesTooLongIsStoppedAndItsStateStays() throws IOException {
        session.execute("kept = 5", LONG);

        assertThat(logs(session.execute("while True: pass", SHORT)))
                .containsPattern("TimeoutError: the code was stopped after \\d+ seconds\\.\n");
        assertThat(logs("print(kept)")).isEqualTo("5\n");
    }

    @Test
    void codeThatResistsIsEndedWithItsSession() throws IOException {
        String resisting =
                """
                import signal
                signal.signal(signal.SIGALRM, signal.SIG_IGN)
                while True: pass
                """;
        try (Session impatient = sandbox(SHORT).open()) {
            assertThatThrownBy(() -> impatient.execute(resisting, SHORT))
                    .isInstanceOf(CodeSandbox.Ended.class)
                    .hasMessageContaining("did not stop in time");
            assertThat(impatient.isAlive()).isFalse();
        }
    }

    @Test
    void exitIsTheEndOfTheCodeAndNotOfTheSession() throws IOException {
        assertThat(logs("print('one'); exit(3); print('two')")).isEqualTo("one\n");
        assertThat(session.isAlive()).isTrue();
    }

    @Test
    void aFileThatIsPutInCanBeRead() throws IOException {
        put("file-abc", "a,b\n1,2\n");

        assertThat(
                        logs(
                                "import pandas as pd;"
                                        + " print(pd.read_csv('/mnt/data/file-abc')['b'][0])"))
                .isEqualTo("2\n");
    }

    @Test
    void filesAreListedAndHandedOver() throws IOException {
        session.execute(
                """
                import os
                os.makedirs('/mnt/data/deep/er', exist_ok=True)
                open('/mnt/data/deep/er/报告.txt', 'w').write('done')
                """,
                LONG);

        assertThat(session.list()).extracting(SandboxFile::name).contains("deep/er/报告.txt");
        assertThat(got("deep/er/报告.txt")).isEqualTo("done");
    }

    @Test
    void aFileThatIsNotReadToItsEndDoesNotDisturbTheNext() throws IOException {
        put("long", "x".repeat(300_000));
        put("short", "here");

        assertThat(session.<Integer>get("long", MOST, (bytes, _) -> bytes.read())).isEqualTo('x');
        assertThat(got("short")).isEqualTo("here");
    }

    @Test
    void aFileThatIsLargerThanMayComeOutIsRefusedAndTheSessionGoesOn() throws IOException {
        put("large", "x".repeat(100));

        assertThatThrownBy(() -> session.get("large", 99, (bytes, _) -> bytes.readAllBytes()))
                .isInstanceOf(CodeSandbox.Refused.class)
                .hasMessageContaining("it has 100 bytes, and 99 may be taken out");
        assertThat(got("large")).hasSize(100);
    }

    @Test
    void aReaderThatFailsDoesNotHarmTheSession() throws IOException {
        put("read", "x".repeat(300_000));
        RuntimeException away = new IllegalStateException("away");

        assertThatThrownBy(
                        () ->
                                session.get(
                                        "read",
                                        MOST,
                                        (bytes, _) -> {
                                            bytes.readNBytes(10);
                                            throw away;
                                        }))
                .isSameAs(away);
        assertThat(got("read")).hasSize(300_000);
    }

    @Test
    void whatWasPrintedBeforeTheProcessExitsIsKept() throws IOException {
        assertThat(logs("import os; print('before'); os._exit(3)")).isEqualTo("before\n");
        assertThatThrownBy(() -> session.list()).isInstanceOf(CodeSandbox.Ended.class);
        assertThat(session.isAlive()).isFalse();
    }

    @Test
    void aCopyOfTheProcessMayExitAsItLikes() throws IOException {
        assertThat(logs("import os\nif os.fork() == 0: os._exit(5)\nprint(os.wait()[1] >> 8)"))
                .isEqualTo("5\n");
    }

    @Test
    void aFileThatDoesNotFitIsRefusedAndTheSessionGoesOn() throws IOException {
        assertThatThrownBy(() -> session.put("huge", 64 << 20, new Zeros()))
                .isInstanceOf(CodeSandbox.Refused.class)
                .hasMessageContaining("No space left");
        assertThat(logs("import os; os.remove('/mnt/data/huge'); print(1)")).isEqualTo("1\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../etc/passwd", "/etc/passwd", "a/../../etc/passwd", "", ".", "none"})
    void nothingElseIsHandedOver(String name) {
        assertThatThrownBy(() -> got(name)).isInstanceOf(CodeSandbox.Refused.class);
    }

    @Test
    void whatALinkPointsToIsNeitherListedNorHandedOver() throws IOException {
        session.execute(
                """
                import os
                os.symlink('/usr/bin/env', '/mnt/data/link')
                os.symlink('/usr/bin', '/mnt/data/directory')
                """,
                LONG);

        assertThat(session.list())
                .extracting(SandboxFile::name)
                .doesNotContain("link", "directory/env");
        assertThatThrownBy(() -> got("link")).isInstanceOf(CodeSandbox.Refused.class);
        assertThatThrownBy(() -> got("directory/env")).isInstanceOf(CodeSandbox.Refused.class);
    }

    @Test
    void codeThatForgesAReplyEndsItsSession() {
        String forger =
                """
                import os, struct
                for fd in range(3, 64):
                    try:
                        os.write(fd, struct.pack('>I', 0x7fffffff) + b'forged')
                    except OSError:
                        pass
                """;

        assertThatThrownBy(() -> session.execute(forger, LONG))
                .isInstanceOf(CodeSandbox.Ended.class);
        assertThat(session.isAlive()).isFalse();
    }

    @Test
    void codeThatTakesThePlaceOfTheDriverGetsNoFurther() throws IOException {
        String usurper =
                """
                import os
                os.execv('/usr/bin/yes', ['yes'])
                """;

        try (Session impatient = sandbox(SHORT).open()) {
            assertThatThrownBy(() -> impatient.execute(usurper, SHORT))
                    .isInstanceOf(CodeSandbox.Ended.class);
            assertThat(impatient.isAlive()).isFalse();
        }
    }

    @Test
    void codeThatUsesUpItsMemoryLearnsOfItOrEnds() throws IOException {
        String glutton =
                """
                kept = []
                while True: kept.append(bytearray(1 << 24))
                """;
        try {
            assertThat(logs(glutton)).contains("MemoryError");
            session.execute("kept = None", LONG);
        } catch (CodeSandbox.Ended e) {
            assertThat(e).hasMessageContaining("memory");
        }
    }

    @Test
    void anIncompleteFileEndsTheSession() {
        assertThatThrownBy(() -> session.put("half", 100, InputStream.nullInputStream()))
                .isInstanceOf(CodeSandbox.Ended.class);
        assertThat(session.isAlive()).isFalse();
    }

    /** No end of zeros. */
    private static final class Zeros extends InputStream {

        @Override
        public int read() {
            return 0;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            return length;
        }
    }
}
