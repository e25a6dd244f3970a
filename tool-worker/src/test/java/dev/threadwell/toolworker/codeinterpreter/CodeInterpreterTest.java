package dev.threadwell.toolworker.codeinterpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.threadwell.run.ToolOutput;
import dev.threadwell.topic.ToolRequested;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a call of the code interpreter does. */
class CodeInterpreterTest extends CodeInterpreterFixture {

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
