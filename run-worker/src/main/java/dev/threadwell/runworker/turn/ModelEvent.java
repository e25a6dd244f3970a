package dev.threadwell.runworker.turn;

import dev.threadwell.run.Usage;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A piece of a model's streamed answer, whatever the provider's dialect. */
public sealed interface ModelEvent {

    /** More of the answer's text. */
    record Text(String value) implements ModelEvent {}

    /** More of a refusal. */
    record Refusal(String value) implements ModelEvent {}

    /**
     * More of a tool call.
     *
     * @param index which of the parallel calls; the piece's place in its chunk if the provider does
     *     not say
     * @param indexed whether the provider says
     * @param id usually given at the call's first piece; some providers give it late, or never
     * @param name likewise
     * @param arguments the next piece of a JSON text
     * @param isJson whether the arguments are a JSON value of their own, and not a piece of a text
     * @param providerFields what else the provider says of the call, and may want back
     */
    record Call(
            int index,
            boolean indexed,
            @Nullable String id,
            @Nullable String name,
            String arguments,
            boolean isJson,
            Map<String, Object> providerFields)
            implements ModelEvent {

        /** A piece as most providers send it. */
        public Call(int index, @Nullable String id, @Nullable String name, String arguments) {
            this(index, true, id, name, arguments, false, Map.of());
        }
    }

    /**
     * Fields of the answer that no client sees, and that the provider wants back with its calls.
     */
    record ProviderFields(Map<String, Object> fields) implements ModelEvent {}

    /** Why the model stopped: stop, length, tool_calls or content_filter. */
    record Finished(String reason) implements ModelEvent {}

    /** What the sampling cost. */
    record Spent(Usage usage) implements ModelEvent {}
}
