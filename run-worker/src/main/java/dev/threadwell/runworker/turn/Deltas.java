package dev.threadwell.runworker.turn;

import dev.threadwell.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of deltas, put together by hand: they are the bulk of all that is written.
 *
 * <p>What may appear once only, because clients add strings up (contract 7.6): {@code annotations}
 * with the first piece of a text, {@code id}, {@code name} and {@code output} with the first piece
 * of a call.
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

    static byte[] functionBegins(String stepId, int index, String callId, String name) {
        return step(
                stepId,
                index,
                "\"id\":"
                        + Json.compact(callId)
                        + ",\"type\":\"function\",\"function\":{\"name\":"
                        + Json.compact(name)
                        + ",\"arguments\":\"\",\"output\":null}");
    }

    static byte[] functionArguments(String stepId, int index, String piece) {
        return step(
                stepId,
                index,
                "\"type\":\"function\",\"function\":{\"arguments\":" + Json.compact(piece) + "}");
    }

    static byte[] codeBegins(String stepId, int index, String callId) {
        return step(
                stepId,
                index,
                "\"id\":"
                        + Json.compact(callId)
                        + ",\"type\":\"code_interpreter\","
                        + "\"code_interpreter\":{\"input\":\"\",\"outputs\":[]}");
    }

    static byte[] codeInput(String stepId, int index, String piece) {
        return step(
                stepId,
                index,
                "\"type\":\"code_interpreter\",\"code_interpreter\":{\"input\":"
                        + Json.compact(piece)
                        + "}");
    }

    static byte[] codeOutput(String stepId, int index, int position, Map<String, Object> output) {
        Map<String, Object> indexed = new LinkedHashMap<>();
        indexed.put("index", position);
        indexed.putAll(output);
        return step(
                stepId,
                index,
                "\"type\":\"code_interpreter\",\"code_interpreter\":{\"outputs\":"
                        + Json.compact(List.of(indexed))
                        + "}");
    }

    static byte[] searchBegins(
            String stepId, int index, String callId, Map<String, Object> ranking) {
        return step(
                stepId,
                index,
                "\"id\":"
                        + Json.compact(callId)
                        + ",\"type\":\"file_search\",\"file_search\":"
                        + "{\"ranking_options\":"
                        + Json.compact(ranking)
                        + ",\"results\":[]}");
    }

    private static byte[] message(String id, int index, String part) {
        return utf8(
                "{\"id\":\""
                        + id
                        + "\",\"object\":\"thread.message.delta\",\"delta\":{\"content\":[{\"index\":"
                        + index
                        + ","
                        + part
                        + "}]}}");
    }

    private static byte[] step(String id, int index, String call) {
        return utf8(
                "{\"id\":\""
                        + id
                        + "\",\"object\":\"thread.run.step.delta\",\"delta\":{\"step_details\":"
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
