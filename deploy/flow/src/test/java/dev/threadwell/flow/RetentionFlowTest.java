package dev.threadwell.flow;

import static dev.threadwell.flow.Model.simulate;
import static dev.threadwell.flow.Status.COMPLETED;
import static dev.threadwell.flow.Status.IN_PROGRESS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is kept no longer by policy is gone as if a client had deleted it. */
@OnInstallation
class RetentionFlowTest {

    private final Installation installation;
    private final Client client;

    RetentionFlowTest(Installation installation) {
        this.installation = installation;
        client = installation.client();
    }

    @AfterEach
    void keepEverything() {
        installation.apiServicesUse(Map.of());
    }

    @Test
    void threadsAndFilesAreDeletedWhenTheirTimeIsOverAndActiveThreadsAreNot() {
        var over = client.asks(simulate("{'say':'Hi.'}")).becomes(COMPLETED);
        String file = client.http().upload("a.txt", "Some text.").ok().path("id").asText();
        var active = client.asks(simulate("{'tokens':2000,'gap_ms':100}"));
        active.becomes(IN_PROGRESS);
        installation.apiServicesUse(
                Map.of(
                        "THREADWELL_RETENTION_THREADS", "3s",
                        "THREADWELL_RETENTION_FILES", "3s",
                        "THREADWELL_RETENTION_FILE_PURPOSES", "assistants",
                        "THREADWELL_RETENTION_EVERY", "1s"));

        Eventually.isTrue(
                "the thread is gone",
                () -> client.http().get("/v1/threads/" + over.thread()).status() == 404);
        Eventually.isTrue(
                "the file is gone", () -> client.http().get("/v1/files/" + file).status() == 404);

        assertThat(client.http().get(over.path()).status()).isEqualTo(404);
        assertThat(installation.database().value("select id from runs where id = ?", over.id()))
                .isNull();
        assertThat(active.status()).isEqualTo(IN_PROGRESS);
        client.http().post(active.path() + "/cancel", Map.of()).ok();
    }
}
