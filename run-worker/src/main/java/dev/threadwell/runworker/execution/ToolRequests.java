package dev.threadwell.runworker.execution;

import dev.threadwell.assistant.Tool;
import dev.threadwell.assistant.ToolKind;
import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.platform.outbox.OutboxMessage;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepDetails;
import dev.threadwell.runworker.turn.TurnResult;
import dev.threadwell.runworker.turn.tool.BuiltInTools;
import dev.threadwell.topic.ToolRequested;
import dev.threadwell.topic.Topics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The outbox messages that request tool calls from the tool workers. */
final class ToolRequests {

    private ToolRequests() {}

    /** One outbox message for each call of this turn that the system executes. */
    static List<OutboxMessage> messages(RunRow row, TurnResult.Called called) {
        return messages(row, called, BuiltInTools.ALL);
    }

    static List<OutboxMessage> messages(RunRow row, TurnResult.Called called, BuiltInTools tools) {
        RunStep step = called.step().step();
        return called.builtIns().stream()
                .map(call -> of(row, step, call, tools))
                .map(asked -> OutboxMessage.of(Topics.TOOL_REQUESTED, asked.threadId(), asked))
                .toList();
    }

    private static ToolRequested of(
            RunRow row, RunStep step, StepDetails.ToolCall call, BuiltInTools tools) {
        List<Tool> ofRun = row.run().tools();
        boolean isFunction = call instanceof StepDetails.FunctionCall;
        String name =
                call instanceof StepDetails.FunctionCall(_, var function)
                        ? function.name()
                        : call.type();
        Tool definition = isFunction ? Tool.executing(ofRun, name) : first(ofRun, call.kind());
        return new ToolRequested(
                row.projectId(),
                row.run().threadId(),
                row.run().id(),
                step.id(),
                call.id(),
                // The kind of the definition, because a function call may be executed by an MCP
                // server.
                definition == null ? call.kind() : definition.kind(),
                definition,
                name,
                tools.view(call).arguments(),
                row.run().expiresAt() == null ? Long.MAX_VALUE : row.run().expiresAt(),
                stream(row, step, call));
    }

    private static ToolRequested.@Nullable CallStream stream(
            RunRow row, RunStep step, StepDetails.ToolCall call) {
        Integer partition = row.stream();
        return partition != null && step.stepDetails() instanceof StepDetails.ToolCalls(var all, _)
                ? new ToolRequested.CallStream(partition, all.indexOf(call))
                : null;
    }

    private static @Nullable Tool first(List<Tool> tools, ToolKind kind) {
        return tools.stream().filter(tool -> tool.kind().equals(kind)).findFirst().orElse(null);
    }
}
