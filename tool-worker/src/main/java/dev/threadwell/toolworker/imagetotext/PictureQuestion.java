package dev.threadwell.toolworker.imagetotext;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.threadwell.thread.ThreadPicture;
import dev.threadwell.wire.Json;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a call.
 *
 * @param text the question; blank if the model gave none
 * @param picture the name of a picture; null for the newest one
 */
record PictureQuestion(String text, @Nullable String picture) {

    private static final int MAX_CHARACTERS = 8_000;

    /** The number of names in a message about a wrong one. */
    private static final int MAX_NAMES = 20;

    static PictureQuestion of(String arguments) {
        JsonNode json = json(arguments);
        String text = json.path("question").asText("").strip();
        String picture = name(json.path("picture").asText(""));
        return new PictureQuestion(
                text.length() > MAX_CHARACTERS ? text.substring(0, MAX_CHARACTERS) : text,
                picture.isEmpty() || json.path("picture").isNull() ? null : picture);
    }

    private static JsonNode json(String arguments) {
        try {
            return Json.read(arguments, JsonNode.class);
        } catch (UncheckedIOException e) {
            return MissingNode.getInstance();
        }
    }

    /** The name without the brackets and the word that a model copies from the prompt. */
    private static String name(String written) {
        return written.strip().replaceAll("^\\[?(picture |image )?|]$", "");
    }

    /** The picture that is meant; null if the thread has none of that name. */
    @Nullable ThreadPicture among(List<ThreadPicture> pictures) {
        if (picture == null) {
            return pictures.isEmpty() ? null : pictures.getLast();
        }
        return pictures.stream()
                .filter(
                        one ->
                                one.name().equals(picture)
                                        || one instanceof ThreadPicture.Linked(_, String url)
                                                && url.equals(picture))
                .findFirst()
                .orElse(null);
    }

    /** What the model is told if the picture that it means does not exist. */
    String missing(List<ThreadPicture> pictures) {
        if (pictures.isEmpty()) {
            return "There is no picture in this conversation.";
        }
        String names =
                pictures.subList(Math.max(0, pictures.size() - MAX_NAMES), pictures.size()).stream()
                        .map(ThreadPicture::name)
                        .collect(Collectors.joining(", "));
        return "There is no picture %s in this conversation. The newest pictures are: %s."
                .formatted(picture, names);
    }
}
