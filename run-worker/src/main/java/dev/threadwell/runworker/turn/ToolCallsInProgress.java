package dev.threadwell.runworker.turn;

import dev.threadwell.assistant.Tool;
import dev.threadwell.run.Ids;
import dev.threadwell.run.RequiredAction;
import dev.threadwell.run.Run;
import dev.threadwell.run.StepDetails;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parallel calls of one sampling, put together from their pieces. */
final class ToolCallsInProgress {

    private final List<Tool> tools;
    private final boolean interprets;
    private final BuiltIns names;
    private final @Nullable Map<String, Object> ranking;
    private final List<Call> inOrder = new ArrayList<>();
    private final Map<Integer, Call> latestByIndex = new HashMap<>();
    private int nextSearch = Sources.NONE.nextSearch();

    ToolCallsInProgress(Run run) {
        tools = run.tools();
        interprets = run.tools().stream().anyMatch(Tool.CodeInterpreter.class::isInstance);
        names = BuiltIns.of(run);
        ranking =
                run.tools().stream()
                        .filter(Tool.FileSearch.class::isInstance)
                        .map(
                                tool ->
                                        ranking(
                                                ((Tool.FileSearch) tool)
                                                        .fileSearch()
                                                        .rankingOptions()))
                        .findFirst()
                        .orElse(null);
    }

    private static Map<String, Object> ranking(Tool.Ranking options) {
        Map<String, Object> ranking = new LinkedHashMap<>();
        ranking.put("ranker", options.ranker());
        ranking.put("score_threshold", options.scoreThreshold());
        return ranking;
    }

    /** Searches are numbered from here on. */
    void searchesFrom(int number) {
        nextSearch = number;
    }

    private enum Kind {
        FUNCTION,
        SYSTEM_FUNCTION,
        CODE_INTERPRETER,
        FILE_SEARCH
    }

    private record Call(
            int position,
            String id,
            @Nullable String givenId,
            String name,
            Kind kind,
            int search,
            StringBuilder arguments,
            CodeArguments code) {

        /** Some providers give all of their parallel calls, one after the other, the index 0. */
        boolean isAnotherThan(ModelEvent.Call piece) {
            return givenId != null
                    && isGiven(piece.name())
                    && isGiven(piece.id())
                    && !givenId.equals(piece.id());
        }
    }

    /** Positions follow the order of arrival: clients want indices that ascend from 0. */
    void take(ModelEvent.Call piece, String stepId, List<Output> out) {
        Call call = latestByIndex.get(piece.index());
        if (call == null || call.isAnotherThan(piece)) {
            call = begun(piece);
            emit(begins(call, stepId), out);
        }
        if (!piece.arguments().isEmpty()) {
            call.arguments().append(piece.arguments());
            goesOn(call, piece.arguments(), stepId, out);
        }
    }

    private Call begun(ModelEvent.Call piece) {
        String given = isGiven(piece.id()) ? piece.id() : null;
        String name = piece.name() == null ? "" : piece.name();
        Kind kind = kind(name);
        Call call =
                new Call(
                        inOrder.size(),
                        given == null ? Ids.toolCall() : given,
                        given,
                        name,
                        kind,
                        kind == Kind.FILE_SEARCH ? nextSearch++ : 0,
                        new StringBuilder(),
                        new CodeArguments());
        inOrder.add(call);
        latestByIndex.put(piece.index(), call);
        return call;
    }

    private static boolean isGiven(@Nullable String value) {
        return value != null && !value.isEmpty();
    }

    private Kind kind(String name) {
        if (interprets && name.equals(names.code())) {
            return Kind.CODE_INTERPRETER;
        }
        if (ranking != null && name.equals(names.search())) {
            return Kind.FILE_SEARCH;
        }
        return Tool.executing(tools, name) == null ? Kind.FUNCTION : Kind.SYSTEM_FUNCTION;
    }

    private byte[] begins(Call call, String stepId) {
        return switch (call.kind()) {
            case FUNCTION, SYSTEM_FUNCTION ->
                    Deltas.functionBegins(stepId, call.position(), call.id(), call.name());
            case CODE_INTERPRETER -> Deltas.codeBegins(stepId, call.position(), call.id());
            case FILE_SEARCH -> Deltas.searchBegins(stepId, call.position(), call.id(), ranking());
        };
    }

    private static void goesOn(Call call, String piece, String stepId, List<Output> out) {
        switch (call.kind()) {
            case FUNCTION, SYSTEM_FUNCTION ->
                    emit(Deltas.functionArguments(stepId, call.position(), piece), out);
            case CODE_INTERPRETER -> emitCode(call, call.code().take(piece), stepId, out);
            case FILE_SEARCH -> {
                // A search has no input that clients would see.
            }
        }
    }

    private static void emitCode(Call call, String code, String stepId, List<Output> out) {
        if (!code.isEmpty()) {
            emit(Deltas.codeInput(stepId, call.position(), code), out);
        }
    }

    /** Nothing more will be written: what looked like the beginning of something else is code. */
    void end(String stepId, List<Output> out) {
        for (Call call : inOrder) {
            if (call.kind() == Kind.CODE_INTERPRETER) {
                emitCode(call, call.code().rest(), stepId, out);
            }
        }
    }

    private Map<String, Object> ranking() {
        return ranking == null ? Map.of() : ranking;
    }

    private static void emit(byte[] data, List<Output> out) {
        out.add(new Output.Emit("thread.run.step.delta", data));
    }

    StepDetails.ToolCalls details() {
        return new StepDetails.ToolCalls(inOrder.stream().map(this::toolCall).toList());
    }

    List<RequiredAction.Call> functions() {
        return inOrder.stream()
                .filter(call -> call.kind() == Kind.FUNCTION)
                .map(ToolCallsInProgress::required)
                .toList();
    }

    List<StepDetails.ToolCall> builtIns() {
        return inOrder.stream()
                .filter(call -> call.kind() != Kind.FUNCTION)
                .map(this::toolCall)
                .toList();
    }

    private static RequiredAction.Call required(Call call) {
        return new RequiredAction.Call(
                call.id(),
                "function",
                new RequiredAction.Function(call.name(), call.arguments().toString()));
    }

    private StepDetails.ToolCall toolCall(Call call) {
        String arguments = call.arguments().toString();
        return switch (call.kind()) {
            case FUNCTION, SYSTEM_FUNCTION ->
                    new StepDetails.FunctionCall(
                            call.id(), new StepDetails.Function(call.name(), arguments, null));
            case CODE_INTERPRETER ->
                    new StepDetails.CodeInterpreterCall(
                            call.id(), StepDetails.Code.written(call.code().code()));
            case FILE_SEARCH ->
                    new StepDetails.FileSearchCall(
                            call.id(),
                            StepDetails.Search.asked(ranking(), arguments, call.search()));
        };
    }
}
