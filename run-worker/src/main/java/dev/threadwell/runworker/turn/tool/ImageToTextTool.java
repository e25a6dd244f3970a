package dev.threadwell.runworker.turn.tool;

import dev.threadwell.assistant.Tool;
import dev.threadwell.assistant.ToolKind;
import java.util.LinkedHashMap;
import java.util.Map;

/** Asks a model that sees about a picture of the thread. */
final class ImageToTextTool extends GenericTool {

    ImageToTextTool() {
        super(
                ToolKind.IMAGE_TO_TEXT,
                "Reads a picture of this conversation and answers a question about it, such as what"
                        + " it shows, or which text is in it.",
                "question",
                "The question about the picture.");
    }

    @Override
    protected Map<String, Map<String, Object>> optionalParameters(Tool definition) {
        Map<String, Object> picture = new LinkedHashMap<>();
        picture.put("type", "string");
        picture.put(
                "description",
                "The name of the picture, as it is written beside the picture or as a tool gave it;"
                        + " without it the newest picture.");
        return Map.of("picture", picture);
    }

    @Override
    public boolean takesPictures() {
        return true;
    }
}
