package dev.threadwell.simulator.stream;

import dev.threadwell.simulator.answer.Answer;
import dev.threadwell.simulator.direction.Direction;
import dev.threadwell.simulator.direction.Fault;
import dev.threadwell.simulator.request.ChatRequest;
import org.jspecify.annotations.Nullable;

/** One answer, with all that is needed to perform it; the fault is the one due this time. */
public record Completion(
        String id,
        long created,
        ChatRequest request,
        Direction direction,
        Answer answer,
        @Nullable Fault fault) {

    static final String FINGERPRINT = "fp_threadwell_simulator";

    /** How many tokens go out before the fault; -1 when all do. */
    int tokensBeforeFault() {
        return switch (fault) {
            case null -> -1;
            case Fault.HangAfter(int tokens) -> Math.min(tokens, answer.tokens());
            case Fault.CutAfter(int tokens) -> Math.min(tokens, answer.tokens());
            case Fault.HangBeforeHeaders _, Fault.Status _, Fault.Body _ -> 0;
        };
    }
}
