package dev.threadwell.runworker.turn;

import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/** What clients see of a call's outputs before its step ends (contract 7.3). */
public final class OutputDeltas {

    private OutputDeltas() {}

    /** A delta for each output of this call of the step. */
    public static List<byte[]> of(RunStep step, String callId) {
        return of(step, (place, call) -> call.id().equals(callId));
    }

    /** A delta for each output of the calls of the step but those at these places. */
    public static List<byte[]> without(RunStep step, Set<Integer> places) {
        return of(step, (place, call) -> !places.contains(place));
    }

    private static List<byte[]> of(
            RunStep step, BiPredicate<Integer, StepDetails.ToolCall> wanted) {
        if (!(step.stepDetails() instanceof StepDetails.ToolCalls(var calls, _))) {
            return List.of();
        }
        List<byte[]> deltas = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            if (wanted.test(i, calls.get(i))
                    && calls.get(i) instanceof StepDetails.CodeInterpreterCall(_, var code)
                    && code.outputs() != null) {
                List<Map<String, Object>> outputs = code.outputs();
                for (int n = 0; n < outputs.size(); n++) {
                    deltas.add(Deltas.codeOutput(step.id(), i, n, outputs.get(n)));
                }
            }
        }
        return deltas;
    }
}
