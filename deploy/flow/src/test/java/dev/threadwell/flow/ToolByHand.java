package dev.threadwell.flow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Stands in for the tool worker, which gets no time meanwhile: answers what a run has called. */
final class ToolByHand {

    private final Topic requested;
    private final Topic answered;

    ToolByHand(Installation installation) {
        installation.toolWorker(0).freezes();
        requested = installation.topic("tool.requested");
        answered = installation.topic("tool.answered");
    }

    /** The calls that the run has made so far, in their order; waits until there are so many. */
    List<JsonNode> calls(ClientRun run, int count) {
        return Eventually.present(
                count + " calls of " + run.id(),
                () -> {
                    List<JsonNode> calls = requested.messages(run.thread());
                    return calls.size() < count ? null : calls;
                });
    }

    void answers(JsonNode call, Object output) {
        Map<String, Object> message = new LinkedHashMap<>();
        for (String key : List.of("project_id", "thread_id", "run_id", "step_id", "call_id")) {
            message.put(key, call.path(key).asText());
        }
        message.put("output", output);
        answered.receives(call.path("thread_id").asText(), Json.write(message));
    }

    /** An output of code: logs, an image and a table, and what only the model is told. */
    static Map<String, Object> drawn(String logs) {
        return Map.of(
                "type",
                "code",
                "outputs",
                List.of(
                        Map.of("type", "logs", "logs", logs),
                        Map.of("type", "image", "image", Map.of("file_id", "file-chart"))),
                "files",
                List.of(Map.of("path", "/mnt/data/tides.csv", "file_id", "file-csv")),
                "note",
                "A new session.");
    }

    /** An output of a search that has found a text. */
    static Map<String, Object> found(String text) {
        return Map.of(
                "type",
                "found",
                "ranking_options",
                Map.of("ranker", "default_2024_08_21", "score_threshold", 0.0),
                "results",
                List.of(
                        Map.of(
                                "file_id",
                                "file-tides",
                                "file_name",
                                "tides.txt",
                                "score",
                                0.5,
                                "attributes",
                                Map.of(),
                                "content",
                                List.of(Map.of("type", "text", "text", text)))));
    }
}
