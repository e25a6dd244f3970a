package dev.threadwell.toolworker.imagegeneration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.file.ImageFormat;
import dev.threadwell.toolworker.progress.CallProgress;
import dev.threadwell.topic.ToolRequested;
import dev.threadwell.wire.Json;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Takes the events of a provider that streams, and passes pictures in progress on. Over all
 * attempts a call shows no more of them than it asked for, and nothing that is no picture.
 */
final class PartialPictures implements Consumer<String> {

    private static final Set<String> EVENTS =
            Set.of("image_generation.partial_image", "image_edit.partial_image");

    private final CallProgress progress;
    private final ToolRequested call;
    private final int most;
    private int shown;

    PartialPictures(CallProgress progress, ToolRequested call, int most) {
        this.progress = progress;
        this.call = call;
        this.most = most;
    }

    @Override
    public void accept(String data) {
        if (shown >= most) {
            return;
        }
        JsonNode event;
        try {
            event = Json.read(data, JsonNode.class);
        } catch (UncheckedIOException e) {
            // The end of the stream says whether there is a picture.
            return;
        }
        String picture = event.path("b64_json").asText();
        if (EVENTS.contains(event.path("type").asText()) && isPicture(picture)) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("index", shown);
            entry.put("b64_json", picture);
            progress.show(call, shown, Map.of("partial_images", List.of(entry)));
            shown++;
        }
    }

    private static boolean isPicture(String base64) {
        if (base64.length() > CallProgress.MAX_BYTES) {
            return false;
        }
        try {
            return ImageFormat.of(Base64.getDecoder().decode(base64)).isPresent();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
