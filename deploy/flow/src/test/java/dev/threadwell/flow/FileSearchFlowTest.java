package dev.threadwell.flow;

import static dev.threadwell.flow.Model.simulate;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@OnInstallation
class FileSearchFlowTest {

    private static final String TIDES = "Low water is at noon; the ferry waits for the tide.";
    private static final String FOOD = "Filip likes cake, Effie likes pizza.";
    private static final String WITH_CONTENT =
            "?include%5B%5D=step_details.tool_calls%5B*%5D.file_search.results%5B*%5D.content";

    private static final String SEARCHING =
            simulate(
                    "{'calls':[{'name':'file_search','arguments':{'queries':['ferry','cake']}}],"
                            + "'then':{'say':'At noon.'}}");

    private final Installation installation;
    private final Client client;

    FileSearchFlowTest(Installation installation) {
        this.installation = installation;
        client = installation.client();
    }

    @AfterEach
    void heal() {
        installation.heals();
    }

    private static Map<String, ?> searching(ClientStore store) {
        return Map.of("file_search", Map.of("vector_store_ids", List.of(store.id())));
    }

    /** A run on a new thread, where the assistant has the one store and the thread the other. */
    private String run(ClientStore ofAssistant, ClientStore ofThread) {
        String assistant =
                client.http()
                        .post(
                                "/v1/assistants",
                                Map.of(
                                        "model",
                                        "gpt-4o",
                                        "tools",
                                        List.of(Map.of("type", "file_search")),
                                        "tool_resources",
                                        searching(ofAssistant)))
                        .ok()
                        .path("id")
                        .asText();
        String thread =
                client.http()
                        .post(
                                "/v1/threads",
                                Map.of(
                                        "messages",
                                        List.of(Map.of("role", "user", "content", SEARCHING)),
                                        "tool_resources",
                                        searching(ofThread)))
                        .ok()
                        .path("id")
                        .asText();
        String run =
                client.http()
                        .post("/v1/threads/" + thread + "/runs", Map.of("assistant_id", assistant))
                        .ok()
                        .path("id")
                        .asText();
        return "/v1/threads/" + thread + "/runs/" + run;
    }

    private void completes(String run) {
        Eventually.holds(
                run + " completes",
                () ->
                        assertThat(client.http().get(run).ok().path("status").asText())
                                .isEqualTo("completed"));
    }

    private JsonNode search(String run) {
        List<JsonNode> searches =
                client.http()
                        .get(run + "/steps" + WITH_CONTENT)
                        .ok()
                        .path("data")
                        .valueStream()
                        .map(step -> step.at("/step_details/tool_calls/0/file_search"))
                        .filter(search -> !search.isMissingNode())
                        .toList();
        assertThat(searches).hasSize(1);
        return searches.getFirst();
    }

    private static List<String> names(JsonNode search) {
        return search.path("results")
                .valueStream()
                .map(result -> result.path("file_name").asText())
                .toList();
    }

    @Test
    void theStoresOfTheAssistantAndOfTheThreadAreSearched() {
        ClientStore tides = client.store("tides.txt", TIDES).becomes("completed");
        ClientStore food = client.store("food.md", FOOD).becomes("completed");

        String run = run(tides, food);
        completes(run);

        JsonNode search = search(run);
        assertThat(search.path("ranking_options"))
                .isEqualTo(
                        Json.read("{\"ranker\":\"default_2024_08_21\",\"score_threshold\":0.0}"));
        assertThat(names(search)).containsExactlyInAnyOrder("tides.txt", "food.md");
        JsonNode best = search.at("/results/0");
        assertThat(best.fieldNames())
                .toIterable()
                .containsExactly("file_id", "file_name", "score", "attributes", "content");
        assertThat(best.at("/content/0/text").asText()).isIn(TIDES, FOOD);
    }

    @Test
    void aSearchWhoseWorkerIsKilledIsMadeByTheNext() {
        ClientStore tides = client.store("tides.txt", TIDES).becomes("completed");
        ClientStore food = client.store("food.md", FOOD).becomes("completed");

        String run = run(tides, food);
        String thread = run.split("/")[3];
        Eventually.isTrue(
                "the search is asked for",
                () -> !installation.topic("tool.requested").records(thread).isEmpty());
        installation.toolWorker(0).dies();
        installation.heals();

        completes(run);
        assertThat(names(search(run))).containsExactlyInAnyOrder("tides.txt", "food.md");
    }

    @Test
    void aSearchThatIsBegunWhilePostgresIsAwayFindsWhatThereIs() {
        ClientStore tides = client.store("tides.txt", TIDES).becomes("completed");
        ClientStore food = client.store("food.md", FOOD).becomes("completed");
        installation.toolWorker(0).freezes();
        String run = run(tides, food);
        String thread = run.split("/")[3];
        Eventually.isTrue(
                "the search is asked for",
                () -> !installation.topic("tool.requested").records(thread).isEmpty());

        installation.postgresDies();
        installation.toolWorker(0).thaws();
        Instant later = Instant.now().plusSeconds(8);
        Eventually.isTrue("the search was tried", () -> Instant.now().isAfter(later));
        installation.postgresStarts();
        installation.heals();

        completes(run);
        assertThat(names(search(run))).containsExactlyInAnyOrder("tides.txt", "food.md");
    }
}
