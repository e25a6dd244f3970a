package dev.threadwell.flow;

import static dev.threadwell.flow.Model.simulate;
import static dev.threadwell.flow.Status.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@OnInstallation
class ToolWorkerCrashTest {

    private final Installation installation;
    private final Client client;

    ToolWorkerCrashTest(Installation installation) {
        this.installation = installation;
        client = installation.client().withCodeInterpreter();
    }

    @AfterEach
    void heal() {
        installation.heals();
    }

    /** Code that is under way until then, however often and whenever it is begun. */
    private static String computingUntil(Instant end) {
        return computing(
                "import time; time.sleep(max(0, %d - time.time())); print(6 * 7)"
                        .formatted(end.getEpochSecond()));
    }

    private static String computing(String code) {
        return simulate(
                "{'calls':[{'name':'code_interpreter','arguments':{'code':'"
                        + code
                        + "'}}],'then':{'say':'Done.'}}");
    }

    @Test
    void codeWhoseWorkerDiesIsExecutedAgainUnderTheSameId() {
        var run = client.asks(computingUntil(Instant.now().plusSeconds(15)));
        Object session = Eventually.present("the code is executed", () -> sessionOf(run.thread()));

        installation.toolWorker(0).dies();
        installation.toolWorker(0).launches().awaitsReady();

        run.becomes(COMPLETED).says("Done.").stepsAre("completed", "completed");
        assertThat(output(run)).isEqualTo("42\n");
        assertThat(sessionOf(run.thread())).isNotEqualTo(session);
        assertThat(installation.topic("tool.requested").messages(run.thread())).hasSize(1);
        assertThat(installation.topic("tool.answered").messages(run.thread()))
                .extracting(answer -> answer.path("call_id").asText())
                .containsOnly(run.firstCall().path("id").asText());
    }

    @Test
    void codeThatIsOverInTimeIsAnsweredByTheWorkerThatStops() {
        var run = client.asks(computing("import time; time.sleep(1); print(6 * 7)"));
        Object session = Eventually.present("the code is executed", () -> sessionOf(run.thread()));

        installation.toolWorker(0).stops();
        installation.toolWorker(0).launches().awaitsReady();

        run.becomes(COMPLETED).says("Done.");
        assertThat(output(run)).isEqualTo("42\n");
        assertThat(sessionOf(run.thread())).isEqualTo(session);
    }

    @Test
    void codeThatItsWorkersEndCutsOffIsExecutedAgain() {
        var run = client.asks(computingUntil(Instant.now().plusSeconds(30)));
        Object session = Eventually.present("the code is executed", () -> sessionOf(run.thread()));

        installation.toolWorker(0).stops();
        installation.toolWorker(0).launches().awaitsReady();

        run.becomes(COMPLETED).says("Done.");
        assertThat(output(run)).isEqualTo("42\n");
        assertThat(sessionOf(run.thread())).isNotEqualTo(session);
    }

    private static String output(ClientRun run) {
        return run.firstCall().at("/code_interpreter/outputs/0/logs").asText();
    }

    private Object sessionOf(String thread) {
        return installation
                .database()
                .value("select session_id from code_sessions where thread_id = ?", thread);
    }
}
