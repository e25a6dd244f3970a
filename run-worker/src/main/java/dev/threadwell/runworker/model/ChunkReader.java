package dev.threadwell.runworker.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.run.Usage;
import dev.threadwell.runworker.turn.ModelEvent;
import dev.threadwell.wire.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the chunks of a streamed chat completion. */
final class ChunkReader {

    private ChunkReader() {}

    /** The provider reports an error in the middle of its stream. */
    static final class ErrorInStream extends IOException {

        private final transient JsonNode error;

        private ErrorInStream(JsonNode error) {
            super("the provider reports an error in its stream");
            this.error = error;
        }

        JsonNode error() {
            return error;
        }
    }

    /**
     * What a chunk says.
     *
     * @throws IOException if it is not JSON, or reports an error
     */
    static List<ModelEvent> read(byte[] json) throws IOException {
        JsonNode chunk = Json.mapper().readTree(json);
        if (chunk.hasNonNull("error")) {
            throw new ErrorInStream(chunk.path("error"));
        }
        List<ModelEvent> events = new ArrayList<>();
        JsonNode choice = chunk.path("choices").path(0);
        JsonNode delta = choice.path("delta");
        String text = text(delta, "content");
        if (text != null) {
            events.add(new ModelEvent.Text(text));
        }
        String refusal = text(delta, "refusal");
        if (refusal != null) {
            events.add(new ModelEvent.Refusal(refusal));
        }
        int position = 0;
        for (JsonNode call : delta.path("tool_calls")) {
            events.add(call(call, position++));
        }
        String finished = text(choice, "finish_reason");
        if (finished != null) {
            events.add(new ModelEvent.Finished(finished));
        }
        if (chunk.path("usage").isObject()) {
            events.add(new ModelEvent.Spent(usage(chunk.path("usage"))));
        }
        return events;
    }

    /** Some providers leave the index out when there is one call only. */
    private static ModelEvent.Call call(JsonNode call, int position) {
        JsonNode function = call.path("function");
        String arguments = text(function, "arguments");
        return new ModelEvent.Call(
                call.path("index").asInt(position),
                text(call, "id"),
                text(function, "name"),
                arguments == null ? "" : arguments);
    }

    private static Usage usage(JsonNode usage) {
        return Usage.of(
                usage.path("prompt_tokens").asLong(),
                usage.path("completion_tokens").asLong(),
                usage.path("prompt_tokens_details").path("cached_tokens").asLong(),
                usage.path("completion_tokens_details").path("reasoning_tokens").asLong());
    }

    /** An empty text says nothing; many streams begin with one. */
    private static @Nullable String text(JsonNode node, String key) {
        String value = node.path(key).textValue();
        return value == null || value.isEmpty() ? null : value;
    }
}
