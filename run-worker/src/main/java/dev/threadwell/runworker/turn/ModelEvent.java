package dev.threadwell.runworker.turn;

import dev.threadwell.run.Usage;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A piece of a model's streamed answer, independent of the provider's dialect. */
public sealed interface ModelEvent {

    /** The next piece of the answer's text. */
    record Text(String value) implements ModelEvent {}

    /** The next piece of a refusal. */
    record Refusal(String value) implements ModelEvent {}

    /**
     * The next piece of a tool call.
     *
     * @param index the index of the call among the parallel calls; the position of the piece in its
     *     chunk if the provider sends no index
     * @param indexed whether the provider sent the index
     * @param id usually sent with the call's first piece; some providers send it late, or never
     * @param name like {@code id}
     * @param arguments the next piece of a JSON text
     * @param isJson whether the arguments are a complete JSON value, and not a piece of a text
     * @param providerFields other fields of the call, which the provider may expect back in later
     *     requests
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

        /** A piece in the usual form. */
        public Call(int index, @Nullable String id, @Nullable String name, String arguments) {
            this(index, true, id, name, arguments, false, Map.of());
        }
    }

    /**
     * Fields of the answer that clients do not see, and that the provider expects back along with
     * its calls.
     */
    record ProviderFields(Map<String, Object> fields) implements ModelEvent {}

    /**
     * The finish reason: {@code stop}, {@code length} or {@code content_filter}, once {@code
     * ResponseReader} has mapped the provider's word.
     */
    record Finished(String reason) implements ModelEvent {}

    /** The token usage of the sampling. */
    record Spent(Usage usage) implements ModelEvent {}
}
