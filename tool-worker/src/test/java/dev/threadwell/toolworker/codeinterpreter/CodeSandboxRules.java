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
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every sandbox for code does, whatever it is made of. */
@Tag("server")
abstract class CodeSandboxRules extends NotebookRules {

    private static final long MOST = 16 << 20;
    private static final Duration SHORT = Duration.ofMillis(300);

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
                                sys.stderr.write('four\\n');
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
                        plt.plot([2, 1]);
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
    void tablesAreReadWhateverTheirSeparatorsEncodingsAndSheetsAre() throws IOException {
        assertThat(
                        logs(
                                """
                                import pandas as pd
                                open('costs.csv', 'wb').write('Stadt;Preis\\nKöln;1.234,50\\nUlm;0,50\\n'.encode('cp1252'))
                                costs = pd.read_csv('costs.csv', sep=';', decimal=',', thousands='.', encoding='cp1252')
                                with pd.ExcelWriter('costs.xlsx') as excel:
                                    for sheet in ('one', 'two', 'three'):
                                        costs.to_excel(excel, sheet_name=sheet, index=False)
                                sheets = pd.read_excel('costs.xlsx', sheet_name=None)
                                list(sheets), costs['Stadt'][0], float(sheets['three']['Preis'].sum())"""))
                .isEqualTo("(['one', 'two', 'three'], 'Köln', 1235.0)");
    }

    @Test
    void whatIsNoTextIsPrintedAsATextNevertheless() throws IOException {
        String logs =
                logs(
                        """
                        import os
                        print('a\\0b\\ud83d')
                        os.write(1, b'\\xff\\xfe\\n');
                        """);

        assertThat(logs).startsWith("a").contains("b").endsWith("\n");
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(logs)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "def f(): return f()\nf()",
                "input('name? ')",
                "import urllib.request; urllib.request.urlopen('http://example.com')",
                "import subprocess; subprocess.run(['no-such-program'])"
            })
    void whatCannotBeDoneIsTold(String code) throws IOException {
        assertThat(logs(code)).contains("Error: ").endsWith("\n");
        assertThat(session.isAlive()).isTrue();
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
