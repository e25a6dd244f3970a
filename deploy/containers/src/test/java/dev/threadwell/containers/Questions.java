package dev.threadwell.containers;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.flow.Client;
import dev.threadwell.flow.ClientRun;
import dev.threadwell.flow.ClientStore;
import java.util.List;
import java.util.Map;

/** Questions that tell the simulated model what to do. */
final class Questions {

    private Questions() {}

    /** Single quotes stand for JSON's double ones. */
    static String simulate(String direction) {
        return "Please simulate " + direction.replace('\'', '"');
    }

    /** An answer that lasts longer than anybody waits: only its client ends it. */
    static String endless() {
        return simulate("{'tokens':3000,'gap_ms':50}");
    }

    /** Uploads a file, and asks something that has the model search in it. */
    static ClientRun searching(Client client, String filename, String text, String query) {
        ClientStore store = client.store(filename, text).becomes("completed");
        String question =
                simulate(
                        "{'calls':[{'name':'file_search','arguments':{'queries':['%s']}}],'then':{'say':'Found.'}}"
                                .formatted(query));
        String thread =
                client.http()
                        .post(
                                "/v1/threads",
                                Map.of(
                                        "messages",
                                        List.of(Map.of("role", "user", "content", question)),
                                        "tool_resources",
                                        Map.of(
                                                "file_search",
                                                Map.of("vector_store_ids", List.of(store.id())))))
                        .ok()
                        .path("id")
                        .asText();
        return client.withFileSearch().asksIn(thread, Map.of());
    }

    /** The name of the file in which a search found most. */
    static String foundIn(ClientRun run) {
        JsonNode name = run.firstCall().at("/file_search/results/0/file_name");
        return name.asText();
    }
}
