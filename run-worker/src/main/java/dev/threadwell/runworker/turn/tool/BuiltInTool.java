package dev.threadwell.runworker.turn.tool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.assistant.Tool;
import dev.threadwell.assistant.ToolKind;
import dev.threadwell.run.StepDetails;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * The run worker's part of one built-in tool: how it is offered to the model, how a call is parsed,
 * stored and shown, and how its result is given to the model. Tool workers execute the tool.
 */
public interface BuiltInTool {

    /** The kind of this tool. */
    ToolKind kind();

    /**
     * The function as which the tool is offered to a provider of chat completions.
     *
     * @param definition the tool's definition in the run that offers it
     * @param name the name for the model: that of the kind, unless a function of the run has that
     *     name
     */
    Map<String, Object> function(Tool definition, String name);

    /**
     * The parser of a call that the model begins to write.
     *
     * @param definition the tool's definition in the run that offered it
     * @param numbers supplies the next number for citations of the call's results; a tool whose
     *     results can be cited takes one
     */
    WrittenCall begin(Tool definition, IntSupplier numbers);

    /** The view of a stored call of this tool. */
    CallView view(StepDetails.ToolCall call);

    /**
     * Whether the model may write the only argument as plain text instead of a JSON object. If not,
     * a call without arguments gets an empty object.
     */
    default boolean takesBareArgument() {
        return false;
    }

    /** Whether the model may call this tool with the name of a picture, which it then is told. */
    default boolean takesPictures() {
        return false;
    }

    /**
     * Whether a delta shows the output of a call, so that a failover does not publish it twice.
     *
     * @param call one of the {@code tool_calls} of the delta, of this kind
     */
    default boolean showsOutput(JsonNode call) {
        return false;
    }
}
