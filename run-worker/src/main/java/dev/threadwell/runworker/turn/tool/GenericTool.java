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
 * A built-in tool with one text as its argument, and without types of its own: its calls are stored
 * as {@link StepDetails.GenericCall}, its results are {@link ToolOutput.Result}. A new tool begins
 * as one of these, and overrides what it does otherwise.
 */
public class GenericTool implements BuiltInTool {

    private final ToolKind kind;
    private final String description;
    private final String parameter;
    private final String described;

    /**
     * A tool.
     *
     * @param description what the model is told of the tool
     * @param parameter the name of its argument
     * @param described what the model is told of the argument
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
        return FunctionSchema.of(name, description, parameter, described);
    }

    /** What clients see of a call from its beginning on, before there is a result. */
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

    /** Only the delta by which a call begins has its id. */
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

    /** A stored call; its tool may be one that this version does not know. */
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
