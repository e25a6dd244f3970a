package dev.threadwell.runworker.turn;

import dev.threadwell.run.Usage;
import org.jspecify.annotations.Nullable;

/** What a model says, piece by piece. */
public sealed interface ModelEvent {

    /** More of the answer's text. */
    record Text(String value) implements ModelEvent {}

    /** More of a refusal. */
    record Refusal(String value) implements ModelEvent {}

    /**
     * More of a tool call.
     *
     * @param index which of the parallel calls
     * @param id given at the call's first piece
     * @param name given at the call's first piece
     * @param arguments the next piece of a JSON text
     */
    record Call(int index, @Nullable String id, @Nullable String name, String arguments)
            implements ModelEvent {}

    /** Why the model stopped: stop, length, tool_calls or content_filter. */
    record Finished(String reason) implements ModelEvent {}

    /** What the sampling cost. */
    record Spent(Usage usage) implements ModelEvent {}
}
