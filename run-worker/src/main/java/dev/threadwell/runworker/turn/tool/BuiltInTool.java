package dev.threadwell.runworker.turn.tool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.assistant.Tool;
import dev.threadwell.assistant.ToolKind;
import dev.threadwell.run.StepDetails;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * All that a run worker knows of one built-in tool: how the model is offered it, how a call of it
 * is written, stored and shown, and what is told of its result. Where the tool is executed, in a
 * tool worker, is no matter here.
 */
public interface BuiltInTool {

    /** The kind of tool that this is. */
    ToolKind kind();

    /**
     * The function by which a provider of chat completions is offered the tool.
     *
     * @param definition of the run that offers it
     * @param name by which the model calls it: that of the kind, unless a function has that name
     */
    Map<String, Object> function(Tool definition, String name);

    /**
     * The model begins to write a call.
     *
     * @param definition of the run that offered the tool
     * @param numbers gives the next number by which the model can cite what the call brings; a tool
     *     whose results are cited takes one
     */
    WrittenCall begin(Tool definition, IntSupplier numbers);

    /** A stored call of this tool. */
    CallView view(StepDetails.ToolCall call);

    /**
     * Whether the model may write the one argument bare, where others write a JSON object. If not,
     * a call without arguments is given an empty object.
     */
    default boolean takesBareArgument() {
        return false;
    }

    /**
     * Whether a delta shows what came of a call, so that after a crash it is not shown again.
     *
     * @param call one of the {@code tool_calls} of the delta, of this kind
     */
    default boolean showsOutput(JsonNode call) {
        return false;
    }
}
