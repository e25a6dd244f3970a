package dev.threadwell.flow;

import static dev.threadwell.flow.Model.simulate;
import static dev.threadwell.flow.Status.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A model is told what a tool found, however often the database was away meanwhile. */
@OnInstallation
class ToolOutageTest {

    private final Installation installation;

    ToolOutageTest(Installation installation) {
        this.installation = installation;
    }

    @AfterEach
    void heal() {
        installation.heals();
    }

    /** Both what code printed and the file that it wrote come out, and it is executed once. */
    @Test
    void codeThatEndsWhilePostgresIsAwayIsAnsweredWithWhatItPutOut() {
        Instant end = Instant.now().plusSeconds(12);
        var run =
                installation
                        .client()
                        .withCodeInterpreter()
                        .asks(
                                simulate(
                                        "{'calls':[{'name':'code_interpreter','arguments':{'code':'"
                                                + "import time; time.sleep(max(0, %d - time.time()));"
                                                        .formatted(end.getEpochSecond())
                                                + " open(\\\"ran.txt\\\", \\\"a\\\").write(\\\"once\\\");"
                                                + " print(6 * 7)'}}],'then':{'say':"
                                                + "'[Here](sandbox:/mnt/data/ran.txt)'}}"));
        Eventually.present(
                "the code is executed",
                () ->
                        installation
                                .database()
                                .value(
                                        "select session_id from code_sessions where thread_id = ?",
                                        run.thread()));

        installation.postgresDies();
        Eventually.isTrue("the code has ended", () -> Instant.now().isAfter(end.plusSeconds(5)));
        installation.postgresStarts();
        installation.heals();

        run.becomes(COMPLETED);
        assertThat(run.firstCall().at("/code_interpreter/outputs/0/logs").asText())
                .isEqualTo("42\n");
        String file =
                run.messages()
                        .getLast()
                        .at("/content/0/text/annotations/0/file_path/file_id")
                        .asText();
        assertThat(
                        installation
                                .client()
                                .http()
                                .get("/v1/files/" + file)
                                .ok()
                                .path("bytes")
                                .asLong())
                .isEqualTo("once".length());
    }
}
