package dev.threadwell.simulator.stream;

import dev.threadwell.simulator.answer.ModelAnswer;
import dev.threadwell.simulator.direction.Direction;
import dev.threadwell.simulator.direction.Fault;
import dev.threadwell.simulator.request.ChatRequest;
import org.jspecify.annotations.Nullable;

/**
 * One answer with everything needed to send it; {@code fault} is the fault due for this request.
 */
public record Completion(
        String id,
        long created,
        ChatRequest request,
        Direction direction,
        ModelAnswer answer,
        @Nullable Fault fault) {

    static final String FINGERPRINT = "fp_threadwell_simulator";

    /** The number of tokens sent before the fault, or -1 without a fault. */
    int tokensBeforeFault() {
        return switch (fault) {
            case null -> -1;
            case Fault.HangAfter(int tokens) -> Math.min(tokens, answer.tokens());
            case Fault.CutAfter(int tokens) -> Math.min(tokens, answer.tokens());
            case Fault.HangBeforeHeaders _, Fault.Status _, Fault.Body _ -> 0;
        };
    }
}
