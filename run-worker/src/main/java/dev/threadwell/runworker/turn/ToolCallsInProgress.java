package dev.threadwell.runworker.turn;

import dev.threadwell.assistant.Tool;
import dev.threadwell.run.Ids;
import dev.threadwell.run.RequiredAction;
import dev.threadwell.run.Run;
import dev.threadwell.run.StepDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The parallel calls of one sampling, put together from their pieces. */
final class ToolCallsInProgress {

    private final boolean interprets;
    private final boolean searches;
    private final Map<Integer, Call> byIndex = new TreeMap<>();

    ToolCallsInProgress(Run run) {
        interprets = run.tools().stream().anyMatch(Tool.CodeInterpreter.class::isInstance);
        searches = run.tools().stream().anyMatch(Tool.FileSearch.class::isInstance);
    }

    private static final class Call {

        private final int position;
        private final String id;
        private final String name;
        private final StringBuilder arguments = new StringBuilder();

        Call(int position, @Nullable String id, @Nullable String name) {
            this.position = position;
            this.id = id == null || id.isEmpty() ? Ids.toolCall() : id;
            this.name = name == null ? "" : name;
        }
    }

    boolean begun() {
        return !byIndex.isEmpty();
    }

    /** Positions follow the order of arrival: clients want indices that ascend from 0. */
    void take(ModelEvent.Call piece, String stepId, List<Output> out) {
        Call call = byIndex.get(piece.index());
        if (call == null) {
            call = new Call(byIndex.size(), piece.id(), piece.name());
            byIndex.put(piece.index(), call);
            if (!isBuiltIn(call)) {
                emit(Deltas.functionBegins(stepId, call.position, call.id, call.name), out);
            }
        }
        if (!piece.arguments().isEmpty()) {
            call.arguments.append(piece.arguments());
            if (!isBuiltIn(call)) {
                emit(Deltas.functionArguments(stepId, call.position, piece.arguments()), out);
            }
        }
    }

    private static void emit(byte[] data, List<Output> out) {
        out.add(new Output.Emit("thread.run.step.delta", data));
    }

    StepDetails.ToolCalls details() {
        return new StepDetails.ToolCalls(inOrder().map(this::toolCall).toList());
    }

    List<RequiredAction.Call> functions() {
        return inOrder()
                .filter(call -> !isBuiltIn(call))
                .map(
                        call ->
                                new RequiredAction.Call(
                                        call.id,
                                        "function",
                                        new RequiredAction.Function(
                                                call.name, call.arguments.toString())))
                .toList();
    }

    List<StepDetails.ToolCall> builtIns() {
        return new ArrayList<>(inOrder().filter(this::isBuiltIn).map(this::toolCall).toList());
    }

    private java.util.stream.Stream<Call> inOrder() {
        return byIndex.values().stream()
                .sorted(java.util.Comparator.comparingInt(call -> call.position));
    }

    private boolean isBuiltIn(Call call) {
        return (interprets && call.name.equals(Prompt.CODE_INTERPRETER))
                || (searches && call.name.equals(Prompt.FILE_SEARCH));
    }

    private StepDetails.ToolCall toolCall(Call call) {
        String arguments = call.arguments.toString();
        if (interprets && call.name.equals(Prompt.CODE_INTERPRETER)) {
            return new StepDetails.CodeInterpreterCall(
                    call.id, new StepDetails.Code(arguments, null));
        }
        if (searches && call.name.equals(Prompt.FILE_SEARCH)) {
            return new StepDetails.FileSearchCall(call.id, new StepDetails.Search(Map.of(), null));
        }
        return new StepDetails.FunctionCall(
                call.id, new StepDetails.Function(call.name, arguments, null));
    }
}
