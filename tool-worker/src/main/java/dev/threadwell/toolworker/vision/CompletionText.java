package dev.threadwell.toolworker.vision;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.toolworker.vision.Vision.Answer;
import java.util.stream.Collectors;

/** Reads the text of a chat completion that was not streamed. */
final class CompletionText {

    private static final int MAX_CHARACTERS = 32_000;

    private CompletionText() {}

    static Answer of(JsonNode completion) {
        JsonNode choice = completion.at("/choices/0");
        JsonNode message = choice.path("message");
        String refusal = message.path("refusal").asText("").strip();
        if (!refusal.isEmpty() && !message.path("refusal").isNull()) {
            return new Answer.Untold("it refused: " + cut(refusal), true);
        }
        String text = text(message.path("content")).strip();
        if (!text.isEmpty()) {
            return new Answer.Told(cut(text));
        }
        return choice.path("finish_reason").asText().equals("content_filter")
                ? new Answer.Untold("its provider refused the picture or the answer", true)
                : new Answer.Untold("it said nothing", true);
    }

    /** Some providers give the text as a list of parts. */
    private static String text(JsonNode content) {
        return content.isArray()
                ? content.valueStream()
                        .map(part -> part.path("text").asText(""))
                        .collect(Collectors.joining())
                : content.isTextual() ? content.textValue() : "";
    }

    private static String cut(String text) {
        if (text.length() <= MAX_CHARACTERS) {
            return text;
        }
        int end = MAX_CHARACTERS;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
    }
}
