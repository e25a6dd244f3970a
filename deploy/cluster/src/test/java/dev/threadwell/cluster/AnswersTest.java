package dev.threadwell.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.flow.Client;
import dev.threadwell.flow.ClientRun;
import dev.threadwell.flow.ClientStore;
import dev.threadwell.flow.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What the installed product answers, before anything is done to it. */
@OnCluster
@Order(1)
class AnswersTest {

    private static final String TIDES = "Low water is at noon; the ferry waits for the tide.";

    private final Installation installation;
    private final Client client;

    AnswersTest(Installation installation) {
        this.installation = installation;
        client = installation.client();
    }

    private static String simulate(String direction) {
        return "Please simulate " + direction.replace('\'', '"');
    }

    @Test
    void aStreamedRunShowsWhatIsStored() {
        var run = client.streams(simulate("{'say':'Good day.','tokens':20,'gap_ms':20}"));

        run.becomes(Status.COMPLETED).streamedWhatIsStored();
    }

    @Test
    void aRunSearchesAFileThatWasUploaded() {
        ClientStore store = client.store("tides.txt", TIDES).becomes("completed");
        var resources = Map.of("file_search", Map.of("vector_store_ids", List.of(store.id())));
        String question =
                simulate(
                        "{'calls':[{'name':'file_search','arguments':{'queries':['ferry']}}],'then':{'say':'At"
                                + " noon.'}}");
        String thread =
                client.http()
                        .post(
                                "/v1/threads",
                                Map.of(
                                        "messages",
                                        List.of(Map.of("role", "user", "content", question)),
                                        "tool_resources",
                                        resources))
                        .ok()
                        .path("id")
                        .asText();

        ClientRun run = client.withFileSearch().asksIn(thread, Map.of());

        run.becomes(Status.COMPLETED).says("At noon.");
        JsonNode found = run.firstCall().at("/file_search/results/0/file_name");
        assertThat(found.asText()).isEqualTo("tides.txt");
    }

    /** Code is executed in a sandbox or not at all; in the latter case the model is told so. */
    @Test
    void codeIsExecutedOrRefused() {
        String code = "{'name':'code_interpreter','arguments':{'code':'print(6 * 7)'}}";
        var run =
                client.withCodeInterpreter()
                        .asks(simulate("{'calls':[%s],'then':{'say':'Done.'}}".formatted(code)));

        run.becomes(Status.COMPLETED).says("Done.");
        String logs = run.firstCall().at("/code_interpreter/outputs/0/logs").asText();
        Figures.add("code interpreter", Duration.ZERO, logs.strip());
        if (installation.executesCode()) {
            assertThat(logs).isEqualTo("42\n");
        } else {
            assertThat(logs).doesNotContain("42");
        }
    }
}
