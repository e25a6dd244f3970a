package dev.threadwell.runworker.turn;

import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepDetails;
import dev.threadwell.runworker.turn.tool.BuiltInTools;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/** The deltas that show the outputs of calls before their step ends (contract 7.3). */
public final class OutputDeltas {

    private OutputDeltas() {}

    /** A delta for each output of this call of the step. */
    public static List<byte[]> of(RunStep step, String callId) {
        return of(step, callId, BuiltInTools.ALL);
    }

    /** Like {@link #of(RunStep, String)}, with these built-in tools. */
    public static List<byte[]> of(RunStep step, String callId, BuiltInTools tools) {
        return of(step, tools, (place, call) -> call.id().equals(callId));
    }

    /** A delta for each output of the calls of the step, except the calls at these indexes. */
    public static List<byte[]> without(RunStep step, Set<Integer> places) {
        return of(step, BuiltInTools.ALL, (place, call) -> !places.contains(place));
    }

    private static List<byte[]> of(
            RunStep step, BuiltInTools tools, BiPredicate<Integer, StepDetails.ToolCall> wanted) {
        if (!(step.stepDetails() instanceof StepDetails.ToolCalls(var calls, _))) {
            return List.of();
        }
        List<byte[]> deltas = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            StepDetails.ToolCall call = calls.get(i);
            if (wanted.test(i, call)) {
                for (String shown : tools.view(call).outputs()) {
                    deltas.add(Deltas.callGoesOn(step.id(), i, call.kind(), shown));
                }
            }
        }
        return deltas;
    }
}
