package dev.threadwell.runworker.turn.tool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.assistant.ToolKind;
import dev.threadwell.run.StepDetails;
import dev.threadwell.wire.Json;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call of a generic tool of which clients see one argument as soon as it is written, as a member
 * of the call.
 */
final class WrittenArgument implements WrittenCall {

    private final ToolKind kind;
    private final String parameter;
    private final @Nullable Integer number;
    private final StringBuilder arguments = new StringBuilder();

    /**
     * Creates a call without any arguments yet.
     *
     * @param parameter the name of the argument that is shown
     * @param number the number with which results of the call are cited; null if they are not
     */
    WrittenArgument(ToolKind kind, String parameter, @Nullable Integer number) {
        this.kind = kind;
        this.parameter = parameter;
        this.number = number;
    }

    @Override
    public ToolKind kind() {
        return kind;
    }

    @Override
    public String begins() {
        return "{}";
    }

    @Override
    public @Nullable String takes(String piece) {
        arguments.append(piece);
        return null;
    }

    @Override
    public @Nullable String ends() {
        Map<String, Object> details = details(arguments.toString());
        return details.isEmpty() ? null : Json.compact(details);
    }

    @Override
    public StepDetails.GenericCall call(String id, String name, String written) {
        return new StepDetails.GenericCall(id, kind, details(written), written, null, number);
    }

    private Map<String, Object> details(String written) {
        try {
            JsonNode argument = Json.read(written, JsonNode.class).path(parameter);
            return argument.isTextual() ? Map.of(parameter, argument.textValue()) : Map.of();
        } catch (UncheckedIOException e) {
            // Not JSON: the tool worker tells the model.
            return Map.of();
        }
    }
}
