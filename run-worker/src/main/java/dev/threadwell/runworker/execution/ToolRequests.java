package dev.threadwell.runworker.execution;

import dev.threadwell.assistant.Tool;
import dev.threadwell.outbox.Fact;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepDetails;
import dev.threadwell.runworker.turn.TurnEnd;
import dev.threadwell.store.RunRow;
import dev.threadwell.topic.ToolRequested;
import dev.threadwell.topic.Topics;
import dev.threadwell.wire.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a tool worker is asked for. */
final class ToolRequests {

    private ToolRequests() {}

    /** The facts that ask for every built-in tool of this turn. */
    static List<Fact> facts(RunRow row, TurnEnd.Called called) {
        RunStep step = called.step().step();
        return called.builtIns().stream()
                .map(call -> of(row, step, call))
                .map(asked -> Fact.of(Topics.TOOL_REQUESTED, asked.threadId(), asked))
                .toList();
    }

    private static ToolRequested of(RunRow row, RunStep step, StepDetails.ToolCall call) {
        return switch (call) {
            case StepDetails.FunctionCall(var id, var f) -> function(row, step, id, f);
            case StepDetails.CodeInterpreterCall(var id, var code) ->
                    builtIn(
                            row,
                            step,
                            id,
                            "code_interpreter",
                            Json.compact(Map.of("code", code.input())));
            case StepDetails.FileSearchCall(var id, var search) ->
                    builtIn(
                            row,
                            step,
                            id,
                            "file_search",
                            search.arguments() == null ? "{}" : search.arguments());
        };
    }

    private static ToolRequested function(
            RunRow row, RunStep step, String callId, StepDetails.Function f) {
        Tool executing = Tool.executing(row.run().tools(), f.name());
        String tool = executing instanceof Tool.Mcp ? "mcp" : "function";
        return request(row, step, callId, tool, executing, f.name(), f.arguments());
    }

    private static ToolRequested builtIn(
            RunRow row, RunStep step, String callId, String tool, String arguments) {
        return request(row, step, callId, tool, definition(row, tool), tool, arguments);
    }

    private static ToolRequested request(
            RunRow row,
            RunStep step,
            String callId,
            String tool,
            @Nullable Tool definition,
            String name,
            String arguments) {
        return new ToolRequested(
                row.projectId(),
                row.run().threadId(),
                row.run().id(),
                step.id(),
                callId,
                tool,
                definition,
                name,
                arguments,
                row.run().expiresAt() == null ? Long.MAX_VALUE : row.run().expiresAt());
    }

    private static @Nullable Tool definition(RunRow row, String tool) {
        return row.run().tools().stream()
                .filter(
                        one ->
                                switch (one) {
                                    case Tool.CodeInterpreter _ -> tool.equals("code_interpreter");
                                    case Tool.FileSearch _ -> tool.equals("file_search");
                                    case Tool.Function _, Tool.Mcp _ -> false;
                                })
                .findFirst()
                .orElse(null);
    }
}
