package dev.threadwell.simulator.direction;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The content that a direction specifies: text, refusal, calls or raw deltas. If it is empty, the
 * built-in script answers.
 */
public record Content(
        @Nullable String say,
        @Nullable Integer tokens,
        @Nullable String refusal,
        List<DirectedCall> calls,
        List<JsonNode> deltas) {

    static Content none() {
        return new Content(null, null, null, List.of(), List.of());
    }

    public boolean isEmpty() {
        return say == null
                && tokens == null
                && refusal == null
                && calls.isEmpty()
                && deltas.isEmpty();
    }

    /** A function call, with its arguments as the raw text to send. */
    public record DirectedCall(String name, String arguments) {}
}
