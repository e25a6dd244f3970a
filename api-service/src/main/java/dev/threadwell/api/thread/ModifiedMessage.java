package dev.threadwell.api.thread;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.thread.Message;
import dev.threadwell.wire.PublicJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A message as the answer to its modification shows it: with {@code file_ids} in place of the
 * attachments.
 */
final class ModifiedMessage {

    private ModifiedMessage() {}

    static Map<String, Object> of(Message message) {
        JsonNode tree = PublicJson.tree(message, PublicJson.Bindings.HIDDEN);
        Map<String, Object> shown = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> property : tree.properties()) {
            if (property.getKey().equals("attachments")) {
                shown.put("file_ids", List.of());
            } else {
                shown.put(property.getKey(), property.getValue());
            }
        }
        return shown;
    }
}
