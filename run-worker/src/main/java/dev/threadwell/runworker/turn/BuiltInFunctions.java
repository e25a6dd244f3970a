package dev.threadwell.runworker.turn;

import dev.threadwell.assistant.Tool;
import dev.threadwell.assistant.ToolKind;
import dev.threadwell.run.Run;
import dev.threadwell.run.StepDetails;
import dev.threadwell.runworker.turn.tool.BuiltInTool;
import dev.threadwell.runworker.turn.tool.BuiltInTools;
import dev.threadwell.runworker.turn.tool.CallView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tools of one run as functions, the only kind of tool that providers know. A built-in tool has
 * the name of its kind, unless a function of the client has that name already.
 *
 * @param tools the tools of the run
 * @param registered all built-in tools
 * @param taken the names of the client's functions
 */
record BuiltInFunctions(List<Tool> tools, BuiltInTools registered, Set<String> taken) {

    static BuiltInFunctions of(Run run, BuiltInTools registered) {
        Set<String> taken =
                run.tools().stream()
                        .filter(Tool.Function.class::isInstance)
                        .map(tool -> ((Tool.Function) tool).function().name())
                        .collect(Collectors.toSet());
        return new BuiltInFunctions(run.tools(), registered, taken);
    }

    /** The function name of the tools of this kind. */
    String name(ToolKind kind) {
        String free = kind.name();
        for (int i = 2; taken.contains(free); i++) {
            free = kind.name() + "_" + i;
        }
        return free;
    }

    /** A built-in tool of the run: its definition in the run, and its implementation. */
    record Called(Tool definition, BuiltInTool tool) {}

    /** The built-in tool of the run that has this name; null if there is none. */
    @Nullable Called called(String name) {
        for (Tool tool : tools) {
            BuiltInTool builtIn = registered.of(tool.kind());
            if (builtIn != null && name(tool.kind()).equals(name)) {
                return new Called(tool, builtIn);
            }
        }
        return null;
    }

    /**
     * The names that the model can call, without those of MCP servers, which only the servers know.
     */
    List<String> callable() {
        return tools.stream()
                .flatMap(
                        tool ->
                                switch (tool) {
                                    case Tool.Function(var function, var _) ->
                                            Stream.of(function.name());
                                    case Tool.Mcp _ -> Stream.empty();
                                    default ->
                                            registered.of(tool.kind()) == null
                                                    ? Stream.empty()
                                                    : Stream.of(name(tool.kind()));
                                })
                .toList();
    }

    /** The name prefixes of the functions of MCP servers. */
    List<String> prefixes() {
        return tools.stream()
                .filter(Tool.Mcp.class::isInstance)
                .map(tool -> ((Tool.Mcp) tool).prefix())
                .toList();
    }

    /** The function definitions for the provider. */
    List<Map<String, Object>> offers() {
        return tools.stream().distinct().flatMap(this::offersOf).toList();
    }

    private Stream<Map<String, Object>> offersOf(Tool tool) {
        return switch (tool) {
            case Tool.Function(var function, var _) -> Stream.of(offer(function));
            case Tool.Mcp _ ->
                    throw new IllegalArgumentException("its functions are offered in its place");
            default -> {
                BuiltInTool builtIn = registered.of(tool.kind());
                // A tool that only a newer version knows is not offered.
                yield builtIn == null
                        ? Stream.empty()
                        : Stream.of(offer(builtIn.function(tool, name(tool.kind()))));
            }
        };
    }

    private static Map<String, Object> offer(Object function) {
        Map<String, Object> offer = new LinkedHashMap<>();
        offer.put("type", "function");
        offer.put("function", function);
        return offer;
    }

    /**
     * The {@code tool_choice} for the provider if this choice forces a call of a tool; null
     * otherwise.
     */
    @Nullable Object demand(Object choice) {
        if (choice.equals("required")) {
            return choice;
        }
        if (!(choice instanceof Map<?, ?> named)) {
            return null;
        }
        ToolKind kind = new ToolKind(String.valueOf(named.get("type")));
        if (kind.equals(ToolKind.FUNCTION)) {
            return choice;
        }
        return registered.of(kind) == null ? null : offer(Map.of("name", name(kind)));
    }

    /** The function name of this call. */
    String name(StepDetails.ToolCall call) {
        return call instanceof StepDetails.FunctionCall(_, var function)
                ? function.name()
                : name(call.kind());
    }

    CallView view(StepDetails.ToolCall call) {
        return registered.view(call);
    }
}
