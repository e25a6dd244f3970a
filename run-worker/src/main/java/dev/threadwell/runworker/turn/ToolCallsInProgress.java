package dev.threadwell.runworker.turn;

import dev.threadwell.assistant.Tool;
import dev.threadwell.run.RequiredAction;
import dev.threadwell.run.Run;
import dev.threadwell.run.StepDetails;
import dev.threadwell.runworker.turn.CallInProgress.Begun;
import dev.threadwell.runworker.turn.CallInProgress.Kind;
import dev.threadwell.topic.StreamEventName;
import dev.threadwell.wire.PublicJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parallel calls of one sampling, put together from their pieces and shown to clients in their
 * order. A call is shown when its name is sure; those behind it wait for it.
 */
final class ToolCallsInProgress {

    private final List<Tool> tools;
    private final boolean interprets;
    private final BuiltIns names;
    private final @Nullable Map<String, Object> ranking;
    private final CallMatching matching;
    private Map<String, Object> messageFields = Map.of();
    private int nextSearch = Sources.NONE.nextSearch();
    private int nextPosition;

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
        matching = new CallMatching(names(run.tools()), prefixes(run.tools()));
    }

    private static Map<String, Object> ranking(Tool.Ranking options) {
        Map<String, Object> ranking = new LinkedHashMap<>();
        ranking.put("ranker", options.ranker());
        ranking.put("score_threshold", options.scoreThreshold());
        return ranking;
    }

    private List<String> names(List<Tool> offered) {
        return offered.stream()
                .flatMap(
                        tool ->
                                switch (tool) {
                                    case Tool.Function(var function, var _) ->
                                            Stream.of(function.name());
                                    case Tool.CodeInterpreter _ -> Stream.of(names.code());
                                    case Tool.FileSearch _ -> Stream.of(names.search());
                                    // Only the server knows the names of its functions.
                                    case Tool.Mcp _ -> Stream.empty();
                                })
                .toList();
    }

    private static List<String> prefixes(List<Tool> offered) {
        return offered.stream()
                .filter(Tool.Mcp.class::isInstance)
                .map(tool -> ((Tool.Mcp) tool).prefix())
                .toList();
    }

    /** Searches are numbered from here on. */
    void searchesFrom(int number) {
        nextSearch = number;
    }

    /** Fields that the provider wants back with these calls. */
    void providerFields(Map<String, Object> fields) {
        messageFields = fields;
    }

    /** Positions follow the order of arrival: clients want indices that ascend from 0. */
    void take(ModelEvent.Call piece, String stepId, List<Output> out) {
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

    private void show(String stepId, boolean atEnd, List<Output> out) {
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
                goesOn(call, begun, piece, stepId, out);
            }
        }
    }

    private Begun begin(CallInProgress call) {
        Kind kind = kind(call.name());
        Begun begun = new Begun(nextPosition++, kind, kind == Kind.FILE_SEARCH ? nextSearch++ : 0);
        call.begin(begun);
        return begun;
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

    private byte[] begins(CallInProgress call, Begun begun, String stepId) {
        return switch (begun.kind()) {
            case FUNCTION, SYSTEM_FUNCTION ->
                    Deltas.functionBegins(stepId, begun.position(), call.id(), call.name());
            case CODE_INTERPRETER -> Deltas.codeBegins(stepId, begun.position(), call.id());
            case FILE_SEARCH -> Deltas.searchBegins(stepId, begun.position(), call.id(), ranking());
        };
    }

    private static void goesOn(
            CallInProgress call, Begun begun, String piece, String stepId, List<Output> out) {
        switch (begun.kind()) {
            case FUNCTION, SYSTEM_FUNCTION ->
                    emit(Deltas.functionArguments(stepId, begun.position(), piece), out);
            case CODE_INTERPRETER -> emitCode(begun, call.code().take(piece), stepId, out);
            case FILE_SEARCH -> {
                // A search has no input that clients would see.
            }
        }
    }

    private static void emitCode(Begun begun, String code, String stepId, List<Output> out) {
        if (!code.isEmpty()) {
            emit(Deltas.codeInput(stepId, begun.position(), code), out);
        }
    }

    /** Nothing more will be written: what was held back is shown. */
    void end(String stepId, List<Output> out) {
        matching.end();
        matching.calls().stream()
                .filter(call -> kind(call.name()) != Kind.CODE_INTERPRETER)
                .forEach(CallInProgress::replaceMissingArguments);
        show(stepId, true, out);
        for (CallInProgress call : matching.calls()) {
            Begun begun = call.begun();
            if (begun != null && begun.kind() == Kind.CODE_INTERPRETER) {
                emitCode(begun, call.code().rest(), stepId, out);
            }
        }
    }

    /** Whether there are calls, and each of them has the name of a function. */
    boolean areNamed() {
        return !matching.calls().isEmpty()
                && !matching.tooMany()
                && matching.calls().stream().noneMatch(call -> call.name().isBlank());
    }

    /** Whether each call is complete, even though the model has not said that it has ended. */
    boolean areWhole() {
        return areNamed() && matching.calls().stream().allMatch(CallInProgress::isWhole);
    }

    private Map<String, Object> ranking() {
        return ranking == null ? Map.of() : ranking;
    }

    private static void emit(byte[] data, List<Output> out) {
        out.add(new Output.Emit(StreamEventName.STEP_DELTA, PublicJson.written(data)));
    }

    private Stream<CallInProgress> shown() {
        return matching.calls().stream().filter(call -> call.begun() != null);
    }

    private static Kind kind(CallInProgress call) {
        Begun begun = call.begun();
        return begun == null ? Kind.FUNCTION : begun.kind();
    }

    /** The calls that clients have been shown. */
    StepDetails.ToolCalls details() {
        return new StepDetails.ToolCalls(shown().map(this::toolCall).toList(), providerFields());
    }

    private StepDetails.@Nullable ProviderFields providerFields() {
        Map<String, Map<String, Object>> ofCalls = new LinkedHashMap<>();
        shown().filter(call -> !call.providerFields().isEmpty())
                .forEach(call -> ofCalls.put(call.id(), call.providerFields()));
        return messageFields.isEmpty() && ofCalls.isEmpty()
                ? null
                : new StepDetails.ProviderFields(messageFields, ofCalls);
    }

    List<RequiredAction.Call> functions() {
        return shown().filter(call -> kind(call) == Kind.FUNCTION)
                .map(ToolCallsInProgress::required)
                .toList();
    }

    List<StepDetails.ToolCall> builtIns() {
        return shown().filter(call -> kind(call) != Kind.FUNCTION).map(this::toolCall).toList();
    }

    private static RequiredAction.Call required(CallInProgress call) {
        return new RequiredAction.Call(
                call.id(), "function", new RequiredAction.Function(call.name(), call.arguments()));
    }

    private StepDetails.ToolCall toolCall(CallInProgress call) {
        Begun begun = call.begun();
        String arguments = call.arguments();
        return switch (kind(call)) {
            case FUNCTION, SYSTEM_FUNCTION ->
                    new StepDetails.FunctionCall(
                            call.id(), new StepDetails.Function(call.name(), arguments, null));
            case CODE_INTERPRETER ->
                    new StepDetails.CodeInterpreterCall(
                            call.id(), StepDetails.Code.written(call.code().code()));
            case FILE_SEARCH ->
                    new StepDetails.FileSearchCall(
                            call.id(),
                            StepDetails.Search.asked(
                                    ranking(), arguments, begun == null ? 0 : begun.search()));
        };
    }
}
