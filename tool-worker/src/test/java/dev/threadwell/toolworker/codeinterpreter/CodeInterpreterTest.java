package dev.threadwell.toolworker.codeinterpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.threadwell.assistant.ToolKind;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.run.ToolOutput.MadeFile;
import dev.threadwell.toolworker.CancelledRuns;
import dev.threadwell.topic.ToolRequested;
import dev.threadwell.wire.Json;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a call of the code interpreter does, in real sandboxes. */
@Tag("server")
class CodeInterpreterTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
    private static final String[] SETTINGS = {
        "sessions",
        "2",
        "made-files",
        "3",
        "disk-bytes",
        "16777216",
        "time-limit",
        "5m",
        "grace",
        "1m"
    };

    private static final CodeConfig CONFIG = CodeSandboxes.config(SETTINGS);

    private static CodeSandbox sandbox;
    private static Sessions sessions;

    private final FakeFileObjects files = new FakeFileObjects();
    private final FakeRecords records = new FakeRecords();
    private final CancelledRuns cancelled = new CancelledRuns();
    private final CodeInterpreter interpreter = interpreter(sandbox);
    private final String thread = "thread_" + UUID.randomUUID();
    private int calls;

    private CodeInterpreter interpreter(CodeSandbox sandbox) {
        return new CodeInterpreter(sandbox, sessions, records, files, CONFIG, cancelled, () -> NOW);
    }

    @BeforeAll
    static void open() {
        sandbox = CodeSandboxes.bubblewrap(SETTINGS);
        sessions = new Sessions(sandbox, CONFIG);
    }

    @AfterAll
    static void close() {
        sessions.close();
    }

    private ToolRequested call(String thread, String code, Duration left) {
        return new ToolRequested(
                "proj",
                thread,
                "run_1",
                "step_1",
                "call_" + ++calls,
                ToolKind.CODE_INTERPRETER,
                null,
                "code_interpreter",
                Json.compact(Map.of("code", code)),
                NOW.plus(left).getEpochSecond());
    }

    private ToolOutput.Code ran(String thread, String code) throws IOException {
        return (ToolOutput.Code) interpreter.execute(call(thread, code, Duration.ofMinutes(10)));
    }

    private ToolOutput.Code ran(String code) throws IOException {
        return ran(thread, code);
    }

    private static Map<String, Object> logs(String text) {
        return Map.of("type", "logs", "logs", text);
    }

    @Test
    void whatCodePrintsIsItsOutput() throws IOException {
        assertThat(ran("print(6 * 7)"))
                .isEqualTo(new ToolOutput.Code(List.of(logs("42\n")), List.of(), null));
    }

    @Test
    void anErrorIsInTheLogsAndTheCallHasNotFailed() throws IOException {
        assertThat(ran("open('/nowhere')").outputs())
                .singleElement()
                .satisfies(
                        output ->
                                assertThat(output.get("logs").toString())
                                        .contains("FileNotFoundError"));
    }

    @Test
    void variablesAndFilesStayForTheThread() throws IOException {
        ran("x = 5; open('kept.txt', 'w').write('here')");

        assertThat(ran("print(x, open('kept.txt').read())"))
                .isEqualTo(new ToolOutput.Code(List.of(logs("5 here\n")), List.of(), null));
    }

    @Test
    void threadsSeeNothingOfEachOther() throws IOException {
        ran(thread, "x = 5; open('/tmp/a', 'w')");

        assertThat(
                        ran(
                                "thread_of_another",
                                "import os; print('x' in globals(), os.listdir('/tmp'))"))
                .extracting(ToolOutput.Code::outputs)
                .asString()
                .contains("False")
                .doesNotContain("'a'");
    }

    @Test
    void theFilesOfTheRunAreThereAndTheModelIsToldTheirNames() throws IOException {
        files.given("file-sales", "sales.csv", "day,sum\n1,20\n");

        ToolOutput.Code output = ran("print(open('/mnt/data/file-sales').read())");

        assertThat(output.outputs()).containsExactly(logs("day,sum\n1,20\n\n"));
        assertThat(output.files()).isEmpty();
        assertThat(output.note()).isEqualTo("/mnt/data/file-sales is sales.csv.");
    }

    @Test
    void aFileIsPutInOnce() throws IOException {
        files.given("file-a", "a.csv", "a");
        ran("pass");
        files.given("file-b", "b.csv", "b");

        ran("pass");

        assertThat(files.read).containsExactly("file-a", "file-b");
    }

    @Test
    void aFileThatIsLargerThanTheDiskIsLeftOut() throws IOException {
        files.given("file-big", "big.bin", new byte[0], 17 << 20);

        assertThat(ran("print(1)").note()).contains("would be larger than the disk");
    }

    @Test
    void aFileThatCodeWritesBecomesAFileObject() throws IOException {
        ToolOutput.Code output =
                ran(
                        """
                        import os
                        os.mkdir('out')
                        open('/mnt/data/out/x.csv', 'w').write('1,2')
                        """);

        assertThat(output.files())
                .extracting(MadeFile::path)
                .containsExactly("/mnt/data/out/x.csv");
        assertThat(files.text(output.files().getFirst().fileId())).isEqualTo("1,2");
    }

    @Test
    void aFileThatCodeChangesBecomesAnotherFileObject() throws IOException {
        files.given("file-a", "a.csv", "1");
        ran("open('/mnt/data/x', 'w').write('1')");

        ToolOutput.Code output = ran("open('/mnt/data/file-a', 'a').write('2')");

        assertThat(output.files())
                .extracting(file -> files.text(file.fileId()))
                .containsExactly("12");
    }

    @Test
    void soManyFilesBecomeFileObjectsAndTheModelIsToldOfTheRest() throws IOException {
        ToolOutput.Code output = ran("for i in range(5): open(f'{i}.txt', 'w').write('x')");

        assertThat(output.files()).hasSize(3);
        assertThat(output.note()).contains("5 files were written; only the first 3");
    }

    @Test
    void theFilesOfACallTogetherComeOutUpToTheSizeOfTheDisk() throws IOException {
        ToolOutput.Code output =
                ran(
                        """
                        import os
                        for name, size in (('a', 10 << 20), ('b', 15 << 20), ('c', 4)):
                            open(name, 'w'); os.truncate(name, size)
                        """);

        assertThat(output.files())
                .extracting(MadeFile::path)
                .containsExactly("/mnt/data/a", "/mnt/data/c");
        assertThat(output.note()).contains("/mnt/data/b cannot be downloaded");
    }

    @Test
    void aProjectWhoseFilesAreTooLargeGetsNoMoreOfThem() throws IOException {
        files.bytesOfProject = CONFIG.projectBytes() - 3;

        ToolOutput.Code output =
                ran(
                        """
                        import matplotlib.pyplot as plt
                        open('a', 'w').write('123'); open('b', 'w').write('1')
                        plt.plot([1, 2]); plt.show()
                        """);

        assertThat(output.files()).extracting(MadeFile::path).containsExactly("/mnt/data/a");
        assertThat(output.outputs()).isEmpty();
        assertThat(output.note()).contains("/mnt/data/b cannot be", "Picture 1 is not shown");
    }

    @Test
    void filesThatAreTogetherLargerThanTheDiskAreNotAllReadIn() throws IOException {
        files.given("file-a", "a.bin", new byte[9 << 20], 9 << 20);
        files.given("file-b", "b.bin", new byte[9 << 20], 9 << 20);

        assertThat(ran("print(1)").note()).contains("b.bin) is not there", "file-a is a.bin");
        assertThat(files.read).containsExactly("file-a");
    }

    @Test
    void whatCodeMadeIsSavedWhenTheDatabaseIsBack() throws IOException {
        files.failures.add(new PgException("going down", "FATAL", "57P01", ""));
        files.failures.add(new CompletionException(new ConnectException("refused")));

        ToolOutput.Code output =
                ran(
                        """
                        import matplotlib.pyplot as plt
                        open('ran', 'a').write('once')
                        plt.plot([1, 2]); plt.show()
                        """);

        assertThat(output.files())
                .extracting(file -> files.text(file.fileId()))
                .containsExactly("once");
        assertThat(output.outputs()).hasSize(1);
    }

    @Test
    void aCallThatFailedForAReasonOfOursIsExecutedAgainInASessionThatKnowsNothingOfIt()
            throws IOException {
        ToolRequested call =
                call(
                        thread,
                        "n = globals().get('n', 0) + 1; print(n); open('n', 'w').write('x');",
                        Duration.ofMinutes(5));
        files.failures.add(new IllegalStateException("a mistake of ours"));
        assertThatThrownBy(() -> interpreter.execute(call))
                .isInstanceOf(IllegalStateException.class);

        ToolOutput.Code output = (ToolOutput.Code) interpreter.execute(call);

        assertThat(output.outputs()).containsExactly(logs("1\n"));
        assertThat(output.files()).hasSize(1);
    }

    @Test
    void ofAProcessThatExitedTheModelLearnsWhatWasPrintedAndWhyItEnded() throws IOException {
        ToolOutput.Code output = ran("import os; print('before'); os._exit(3)");

        assertThat(output.outputs())
                .containsExactly(
                        logs("before\n"),
                        logs(
                                "The interpreter ended: the process exited with status 3. Its"
                                        + " variables and files are gone.\n"));
        assertThat(ran("import ctypes; ctypes.string_at(0)").outputs())
                .containsExactly(
                        logs(
                                "The interpreter ended: the process was ended by signal 11. Its"
                                        + " variables and files are gone.\n"));
    }

    @Test
    void figuresAreFileObjectsAmongTheOutputsInTheirOrder() throws IOException {
        ToolOutput.Code output =
                ran(
                        """
                        import matplotlib.pyplot as plt
                        print('before')
                        plt.plot([1, 2]); plt.savefig('saved.png'); plt.show()
                        print('after')
                        """);

        assertThat(output.outputs())
                .extracting(shown -> shown.get("type"))
                .containsExactly("logs", "image", "logs");
        assertThat(output.files())
                .extracting(MadeFile::path)
                .containsExactly("/mnt/data/saved.png");
        assertThat(output.files())
                .allSatisfy(
                        file -> assertThat(files.bytes(file.fileId())[1]).isEqualTo((byte) 'P'));
    }

    @Test
    void whatWasLostWithASessionIsSaidToTheModel() throws IOException {
        files.given("file-a", "a.csv", "1");
        ran("x = 5");
        ToolOutput.Code killed = ran("import os; os.kill(os.getpid(), 9)");
        assertThat(killed.outputs()).asString().contains("Its variables and files are gone.");

        ToolOutput.Code output = ran("print(open('file-a').read(), 'x' in globals())");

        assertThat(output.outputs()).containsExactly(logs("1 False\n"));
        assertThat(output.note()).contains("started afresh").contains("file-a is a.csv");
    }

    @Test
    void aSessionIsNotUsedAnyMoreWhenAnotherWorkerHadTheThread() throws IOException {
        ran("x = 5");
        records.anotherWorkerHad(thread);

        ToolOutput.Code output = ran("print('x' in globals())");

        assertThat(output.outputs()).containsExactly(logs("False\n"));
        assertThat(output.note()).contains("started afresh");
    }

    @Test
    void aCallWhoseRunHasExpiredIsNotExecuted() throws IOException {
        ToolOutput output = interpreter.execute(call(thread, "print(1)", Duration.ofSeconds(-1)));

        assertThat(output)
                .isEqualTo(new ToolOutput.Text("The code was not executed: its run has expired."));
    }

    @Test
    void codeIsStoppedBeforeItsRunExpires() throws IOException {
        ran("pass");

        ToolOutput output =
                interpreter.execute(
                        call(thread, "import time; time.sleep(600)", Duration.ofSeconds(6)));

        // After a second; a busy machine is given more, but not all that the settings allow.
        var stopped = Pattern.compile("the code was stopped after (\\d+) seconds");
        assertThat(output.toString()).contains("TimeoutError").containsPattern(stopped);
        Matcher found = stopped.matcher(output.toString());
        assertThat(found.find()).isTrue();
        assertThat(Integer.parseInt(found.group(1))).isLessThan(60);
    }

    @Test
    void codeEndsWhenItsRunIsCancelled() throws IOException {
        var soon = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);
        var _ = CompletableFuture.runAsync(() -> cancelled.add("run_1"), soon);

        ToolOutput.Code output = ran("import time; time.sleep(600)");

        assertThat(output.outputs()).asString().contains("Its variables and files are gone.");
    }

    @Test
    void withoutASandboxNothingIsExecutedAndAWordSaysWhy() throws IOException {
        ToolOutput output =
                interpreter(new NoSandbox("not installed: bwrap (package bubblewrap)"))
                        .execute(call(thread, "print(1)", Duration.ofMinutes(1)));

        assertThat(output)
                .isInstanceOfSatisfying(
                        ToolOutput.Text.class,
                        text ->
                                assertThat(text.output())
                                        .contains("not available", "bubblewrap", "doctor"));
    }

    private record NoSandbox(@Nullable String unavailable) implements CodeSandbox {

        @Override
        public Session open() {
            throw new AssertionError("opened without a sandbox");
        }
    }
}
