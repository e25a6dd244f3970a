package dev.threadwell.runworker.turn.tool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.assistant.Tool;
import dev.threadwell.assistant.ToolKind;
import dev.threadwell.run.StepDetails;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * Base class for built-in tools with one required string argument and without types of their own:
 * calls are stored as {@link StepDetails.GenericCall}, results are {@link ToolOutput.Result}. A new
 * tool starts as an instance or a subclass of this class.
 */
public class GenericTool implements BuiltInTool {

    private final ToolKind kind;
    private final String description;
    private final String parameter;
    private final String described;

    /**
     * Creates a tool.
     *
     * @param description the description of the tool for the model
     * @param parameter the name of its argument
     * @param described the description of the argument for the model
     */
    public GenericTool(ToolKind kind, String description, String parameter, String described) {
        this.kind = kind;
        this.description = description;
        this.parameter = parameter;
        this.described = described;
    }

    @Override
    public final ToolKind kind() {
        return kind;
    }

    @Override
    public Map<String, Object> function(Tool definition, String name) {
        return FunctionSchema.of(
                name, description, parameter, described, optionalParameters(definition));
    }

    /**
     * The JSON schemas of the arguments that the model may leave out, by their names.
     *
     * @param definition the tool's definition in the run that offers it
     */
    protected Map<String, Map<String, Object>> optionalParameters(Tool definition) {
        return Map.of();
    }

    /** The members of a call that clients see from its beginning on, before its result. */
    protected Map<String, Object> details(Tool definition) {
        return Map.of();
    }

    @Override
    public WrittenCall begin(Tool definition, IntSupplier numbers) {
        return new Written(kind, details(definition));
    }

    @Override
    public CallView view(StepDetails.ToolCall call) {
        return new View((StepDetails.GenericCall) call, parameter);
    }

    /** Every delta except the first one of a call, which has the call's id, shows output. */
    @Override
    public boolean showsOutput(JsonNode call) {
        return !call.has("id");
    }

    private record Written(ToolKind kind, Map<String, Object> details) implements WrittenCall {

        @Override
        public String begins() {
            return Json.compact(details);
        }

        @Override
        public StepDetails.GenericCall call(String id, String name, String arguments) {
            return new StepDetails.GenericCall(id, kind, details, arguments, null);
        }
    }

    /** The view of a stored call, possibly of a tool that this version does not know. */
    record View(StepDetails.GenericCall call, String parameter) implements CallView {

        @Override
        public String arguments() {
            return call.arguments() == null ? "{}" : call.arguments();
        }

        @Override
        public String text() {
            return call.result() == null ? "" : call.result().text();
        }

        @Override
        public List<String> outputs() {
            ToolOutput.Result result = call.result();
            return result == null || result.details().isEmpty()
                    ? List.of()
                    : List.of(Json.compact(result.details()));
        }

        @Override
        public void collect(SourceCollector sources) {
            ToolOutput.Result result = call.result();
            if (result != null) {
                result.files().forEach(file -> sources.made(file.path(), file.fileId()));
                result.images().forEach(sources::drawn);
            }
        }
    }
}
