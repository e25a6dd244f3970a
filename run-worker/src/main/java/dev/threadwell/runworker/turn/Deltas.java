package dev.threadwell.runworker.turn;

import dev.threadwell.assistant.ToolKind;
import dev.threadwell.run.RunStep;
import dev.threadwell.thread.Message;
import dev.threadwell.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds the JSON of deltas by string concatenation, for speed: deltas are most of the events.
 *
 * <p>Some members must appear only once, because clients concatenate strings (contract 7.6): {@code
 * annotations} with the first piece of a text, {@code id}, {@code name} and {@code output} with the
 * first piece of a call.
 */
final class Deltas {

    private Deltas() {}

    static byte[] text(
            String messageId,
            int index,
            String value,
            boolean first,
            @Nullable Map<String, Object> annotation) {
        String annotations =
                annotation == null
                        ? first ? ",\"annotations\":[]" : ""
                        : ",\"annotations\":" + Json.compact(List.of(annotation));
        return message(
                messageId,
                index,
                "\"type\":\"text\",\"text\":{\"value\":" + Json.compact(value) + annotations + "}");
    }

    static byte[] image(String messageId, int index, String fileId) {
        return message(
                messageId,
                index,
                "\"type\":\"image_file\",\"image_file\":{\"file_id\":"
                        + Json.compact(fileId)
                        + "}");
    }

    static byte[] refusal(String messageId, int index, String value) {
        return message(messageId, index, "\"type\":\"refusal\",\"refusal\":" + Json.compact(value));
    }

    /**
     * The first delta of a call.
     *
     * @param shown a JSON object, the value of the call's member that is named after its kind
     */
    static byte[] callBegins(String stepId, int index, String callId, ToolKind kind, String shown) {
        return step(stepId, index, "\"id\":" + Json.compact(callId) + "," + call(kind, shown));
    }

    /** A later delta of a call. */
    static byte[] callGoesOn(String stepId, int index, ToolKind kind, String shown) {
        return step(stepId, index, call(kind, shown));
    }

    private static String call(ToolKind kind, String shown) {
        String name = Json.compact(kind.name());
        return "\"type\":" + name + "," + name + ":" + shown;
    }

    private static byte[] message(String id, int index, String part) {
        return utf8(
                "{\"id\":\""
                        + id
                        + "\",\"object\":\""
                        + Message.DELTA_OBJECT
                        + "\",\"delta\":{\"content\":[{\"index\":"
                        + index
                        + ","
                        + part
                        + "}]}}");
    }

    private static byte[] step(String id, int index, String call) {
        return utf8(
                "{\"id\":\""
                        + id
                        + "\",\"object\":\""
                        + RunStep.DELTA_OBJECT
                        + "\",\"delta\":{\"step_details\":"
                        + "{\"type\":\"tool_calls\",\"tool_calls\":[{\"index\":"
                        + index
                        + ","
                        + call
                        + "}]}}}");
    }

    private static byte[] utf8(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
