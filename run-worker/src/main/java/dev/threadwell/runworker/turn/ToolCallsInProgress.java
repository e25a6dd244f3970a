package dev.threadwell.runworker.turn;

import dev.threadwell.assistant.Tool;
import dev.threadwell.assistant.ToolKind;
import dev.threadwell.run.RequiredAction;
import dev.threadwell.run.Run;
import dev.threadwell.run.StepDetails;
import dev.threadwell.runworker.turn.CallInProgress.Begun;
import dev.threadwell.runworker.turn.tool.BuiltInTools;
import dev.threadwell.runworker.turn.tool.FunctionCalls;
import dev.threadwell.topic.StreamEventName;
import dev.threadwell.wire.PublicJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parallel calls of one sampling, assembled from their pieces and published in order. A call is
 * published when its name is final; later calls wait for it.
 */
final class ToolCallsInProgress {

    private final List<Tool> tools;
    private final BuiltInFunctions names;
    private final CallMatching matching;
    private Map<String, Object> messageFields = Map.of();
    private int nextNumber = CitationSources.NONE.nextSearch();
    private int nextPosition;

    ToolCallsInProgress(Run run, BuiltInTools builtIns) {
        tools = run.tools();
        names = BuiltInFunctions.of(run, builtIns);
        matching = new CallMatching(names.callable(), names.prefixes());
    }

    /** Sets the first number for calls whose results can be cited. */
    void numbersFrom(int number) {
        nextNumber = number;
    }

    /** Sets the fields that the provider expects back along with these calls. */
    void providerFields(Map<String, Object> fields) {
        messageFields = fields;
    }

    /**
     * Takes the next piece. Calls are indexed in the order of arrival, because clients expect
     * indexes that ascend from 0.
     */
    void take(ModelEvent.Call piece, String stepId, List<TurnOutput> out) {
        CallInProgress call = matching.callOf(piece);
        if (call == null || isRepeated(call, piece)) {
            return;
        }
        if (piece.isJson()) {
            call.takeJson(piece.arguments());
        } else {
            call.take(piece.arguments());
        }
        call.providerFields().putAll(piece.providerFields());
        show(stepId, false, out);
    }

    private static boolean isRepeated(CallInProgress call, ModelEvent.Call piece) {
        return piece.name() != null && call.hasWholeArguments() && call.repeats(piece);
    }

    private void show(String stepId, boolean atEnd, List<TurnOutput> out) {
        for (CallInProgress call : matching.calls()) {
            Begun begun = call.begun();
            if (begun == null) {
                if (call.name().isBlank() || !atEnd && !matching.isNameSure(call)) {
                    return;
                }
                begun = begin(call);
                emit(begins(call, begun, stepId), out);
            }
            String piece = call.show();
            if (!piece.isEmpty()) {
                goesOn(begun, begun.written().takes(piece), stepId, out);
            }
        }
    }

    private Begun begin(CallInProgress call) {
        String name = call.name();
        BuiltInFunctions.Called builtIn = names.called(name);
        Begun begun =
                builtIn == null
                        ? new Begun(
                                nextPosition++,
                                FunctionCalls.begin(name),
                                Tool.executing(tools, name) == null)
                        : new Begun(
                                nextPosition++,
                                builtIn.tool().begin(builtIn.definition(), () -> nextNumber++),
                                false);
        call.begin(begun);
        return begun;
    }

    private static byte[] begins(CallInProgress call, Begun begun, String stepId) {
        return Deltas.callBegins(
                stepId,
                begun.position(),
                call.id(),
                begun.written().kind(),
                begun.written().begins());
    }

    private static void goesOn(
            Begun begun, @Nullable String shown, String stepId, List<TurnOutput> out) {
        if (shown != null) {
            emit(Deltas.callGoesOn(stepId, begun.position(), begun.written().kind(), shown), out);
        }
    }

    /** Ends all calls, and publishes the text that was held back. */
    void end(String stepId, List<TurnOutput> out) {
        matching.end();
        matching.calls().stream()
                .filter(call -> !takesBareArgument(call))
                .forEach(CallInProgress::replaceMissingArguments);
        show(stepId, true, out);
        for (CallInProgress call : matching.calls()) {
            Begun begun = call.begun();
            if (begun != null) {
                goesOn(begun, begun.written().ends(), stepId, out);
            }
        }
    }

    private boolean takesBareArgument(CallInProgress call) {
        BuiltInFunctions.Called builtIn = names.called(call.name());
        return builtIn != null && builtIn.tool().takesBareArgument();
    }

    /** Whether there are calls, not too many, and each has a name. */
    boolean areNamed() {
        return !matching.calls().isEmpty()
                && !matching.tooMany()
                && matching.calls().stream().noneMatch(call -> call.name().isBlank());
    }

    /** Whether all calls are complete, for an answer that ends without a finish reason. */
    boolean areWhole() {
        return areNamed() && matching.calls().stream().allMatch(CallInProgress::isWhole);
    }

    private static void emit(byte[] data, List<TurnOutput> out) {
        out.add(new TurnOutput.Emit(StreamEventName.STEP_DELTA, PublicJson.written(data)));
    }

    /** A call whose beginning has been published. */
    private record ShownCall(CallInProgress call, Begun begun) {

        StepDetails.ToolCall stored() {
            return begun.written().call(call.id(), call.name(), call.arguments());
        }

        RequiredAction.Call required() {
            return new RequiredAction.Call(
                    call.id(),
                    ToolKind.FUNCTION.name(),
                    new RequiredAction.Function(call.name(), call.arguments()));
        }
    }

    private Stream<ShownCall> shown() {
        return matching.calls().stream()
                .flatMap(
                        call -> {
                            Begun begun = call.begun();
                            return begun == null
                                    ? Stream.empty()
                                    : Stream.of(new ShownCall(call, begun));
                        });
    }

    /** The step details with the published calls. */
    StepDetails.ToolCalls details() {
        return new StepDetails.ToolCalls(shown().map(ShownCall::stored).toList(), providerFields());
    }

    private StepDetails.@Nullable ProviderFields providerFields() {
        Map<String, Map<String, Object>> ofCalls = new LinkedHashMap<>();
        shown().map(ShownCall::call)
                .filter(call -> !call.providerFields().isEmpty())
                .forEach(call -> ofCalls.put(call.id(), call.providerFields()));
        return messageFields.isEmpty() && ofCalls.isEmpty()
                ? null
                : new StepDetails.ProviderFields(messageFields, ofCalls);
    }

    /** The calls that the client executes. */
    List<RequiredAction.Call> functions() {
        return shown().filter(one -> one.begun().byClient()).map(ShownCall::required).toList();
    }

    /** The calls that the system executes. */
    List<StepDetails.ToolCall> builtIns() {
        return shown().filter(one -> !one.begun().byClient()).map(ShownCall::stored).toList();
    }
}
