package dev.threadwell.flow;

import static dev.threadwell.flow.Model.simulate;
import static dev.threadwell.flow.Status.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@OnInstallation
class TenantFlowTest {

    private final Installation installation;

    TenantFlowTest(Installation installation) {
        this.installation = installation;
    }

    @Test
    void whatBelongsToAnotherProjectIsNotThere() {
        Client ours = installation.client();
        Client theirs = installation.clientOfProject("proj_neighbour");
        var run = theirs.asks(simulate("{'say':'Secret.'}")).becomes(COMPLETED);
        String message = run.messages().getFirst().path("id").asText();
        String thread = "/v1/threads/" + run.thread();

        for (String path :
                List.of(
                        thread,
                        thread + "/messages",
                        thread + "/messages/" + message,
                        thread + "/runs",
                        run.path(),
                        run.path() + "/steps")) {
            assertThat(ours.http().get(path).status()).as(path).isEqualTo(404);
            assertThat(theirs.http().get(path).status()).as(path).isEqualTo(200);
        }
        assertThat(ours.http().post(thread + "/runs", Map.of("assistant_id", ours.assistant())))
                .extracting(Http.Answer::status)
                .isEqualTo(404);
        assertThat(ours.http().post(run.path() + "/cancel", Map.of()).status()).isEqualTo(404);
    }

    @Test
    void anotherProjectsAssistantCannotBeUsed() {
        Client ours = installation.client();
        Client theirs = installation.clientOfProject("proj_stranger");

        var answer =
                ours.http()
                        .post(
                                Client.runs(ours.thread("Hello")),
                                Map.of("assistant_id", theirs.assistant()));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.error()).startsWith("No assistant found with id");
    }
}
