package dev.threadwell.runworker.turn;

import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What clients see of a call's outputs before its step ends (BEHAVIOUR 7.3). */
public final class OutputDeltas {

    private OutputDeltas() {}

    /** A delta for each output of this call of the step. */
    public static List<byte[]> of(RunStep step, String callId) {
        if (!(step.stepDetails() instanceof StepDetails.ToolCalls(var calls))) {
            return List.of();
        }
        List<byte[]> deltas = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            if (calls.get(i) instanceof StepDetails.CodeInterpreterCall(var id, var code)
                    && id.equals(callId)
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
