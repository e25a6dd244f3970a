package dev.threadwell.runworker.turn.tool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.assistant.Tool;
import dev.threadwell.assistant.ToolKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/** Makes pictures from a prompt, or from pictures of the thread and a prompt. */
final class ImageGenerationTool extends GenericTool {

    private static final String DESCRIPTION =
            """
            Makes a picture from a description. The picture is shown to the user before the text \
            of your next message; do not link to it. To change pictures of the conversation or to \
            start from them, name them in "pictures": uploaded pictures and those made before by \
            their file id, pictures given by URL as picture-1, picture-2 and so on, counting all \
            pictures of the conversation from the oldest one.""";

    private static final String PROMPT = "prompt";

    ImageGenerationTool(ToolKind kind) {
        super(kind, DESCRIPTION, PROMPT, "What the picture shows, and in which style.");
    }

    @Override
    protected Map<String, Map<String, Object>> optionalParameters(Tool definition) {
        Map<String, Map<String, Object>> parameters = new LinkedHashMap<>();
        parameters.put(
                "size",
                text(
                        "WIDTHxHEIGHT in pixels, usually 1024x1024, 1536x1024 or 1024x1536; or"
                                + " auto."));
        parameters.put("quality", oneOf("How detailed it is.", "auto", "low", "medium", "high"));
        parameters.put("background", oneOf("What is behind it.", "auto", "transparent", "opaque"));
        Map<String, Object> pictures = new LinkedHashMap<>();
        pictures.put("type", "array");
        pictures.put("items", Map.of("type", "string"));
        pictures.put("description", "The names of the pictures to start from.");
        parameters.put("pictures", pictures);
        return parameters;
    }

    private static Map<String, Object> text(String description) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "string");
        schema.put("description", description);
        return schema;
    }

    private static Map<String, Object> oneOf(String description, String... values) {
        Map<String, Object> schema = text(description);
        schema.put("enum", List.of(values));
        return schema;
    }

    @Override
    public WrittenCall begin(Tool definition, IntSupplier numbers) {
        return new WrittenArgument(kind(), PROMPT, null);
    }

    @Override
    public boolean takesPictures() {
        return true;
    }

    /** Clients see the prompt when the model has written it, which is no output yet. */
    @Override
    public boolean showsOutput(JsonNode call) {
        return call.path(kind().name()).has("outputs");
    }
}
