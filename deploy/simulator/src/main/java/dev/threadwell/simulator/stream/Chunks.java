package dev.threadwell.simulator.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.simulator.answer.Delta;
import dev.threadwell.simulator.answer.SimulatedUsage;
import dev.threadwell.simulator.direction.Dialect;
import dev.threadwell.simulator.direction.Wire;
import dev.threadwell.simulator.json.SimulatorJson;
import io.vertx.core.buffer.Buffer;

/** Renders server-sent events; the parts that all events of a stream share are rendered once. */
final class Chunks {
    private static final byte[] ROLE =
            utf8("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}");
    private static final byte[] TEXT = utf8("{\"content\":\"");
    private static final byte[] REFUSAL = utf8("{\"refusal\":\"");
    private static final byte[] CLOSE_TEXT = utf8("\"}");
    private static final byte[] CLOSE_CALL = utf8("\"}}]}");
    private static final byte[] NOTHING = utf8("{}");

    private final byte[] head;
    private final byte[] choice;
    private final byte[] unfinished;
    private final boolean usageInEach;
    private final String comment;
    private final String end;

    Chunks(Completion completion) {
        Wire wire = completion.direction().wire();
        String line = wire.crlf() ? "\r\n" : "\n";
        boolean comments =
                wire.comments() || completion.direction().dialect() == Dialect.OPENROUTER;
        this.comment = comments ? ": ping" + line + line : "";
        this.end = line + line;
        this.usageInEach = completion.request().includeUsage();
        this.head = head(completion);
        this.choice = utf8("[{\"index\":0,\"delta\":");
        this.unfinished = utf8(closing("null"));
    }

    private byte[] head(Completion completion) {
        return Buffer.buffer(comment)
                .appendString("data: {\"id\":\"" + completion.id() + "\"")
                .appendString(",\"object\":\"chat.completion.chunk\",\"created\":")
                .appendString(completion.created() + ",\"model\":\"")
                .appendBytes(SimulatorJson.escaped(completion.request().model()))
                .appendString("\",\"service_tier\":\"default\",\"system_fingerprint\":\"")
                .appendString(Completion.FINGERPRINT + "\",\"choices\":")
                .getBytes();
    }

    Buffer role() {
        return open(ROLE.length).appendBytes(ROLE).appendBytes(unfinished);
    }

    Buffer token(Delta delta) {
        return switch (delta) {
            case Delta.Text(String piece) -> piece(TEXT, SimulatorJson.escaped(piece), CLOSE_TEXT);
            case Delta.Refusal(String piece) ->
                    piece(REFUSAL, SimulatorJson.escaped(piece), CLOSE_TEXT);
            case Delta.CallBegins(int index, String id, String name) ->
                    piece(call(index, id, name), new byte[0], CLOSE_CALL);
            case Delta.CallContinues(int index, String piece) ->
                    piece(arguments(index), SimulatorJson.escaped(piece), CLOSE_CALL);
            case Delta.Raw(JsonNode raw) ->
                    piece(SimulatorJson.ascii(raw), new byte[0], new byte[0]);
        };
    }

    Buffer finish(String reason) {
        return open(0).appendBytes(NOTHING)
                .appendString(
                        closing("\"" + new String(SimulatorJson.escaped(reason), UTF_8) + "\""));
    }

    Buffer usage(SimulatedUsage usage) {
        return Buffer.buffer(head)
                .appendString("[],\"usage\":")
                .appendBytes(SimulatorJson.bytes(UsageObject.of(usage)))
                .appendString("}" + end);
    }

    Buffer done() {
        return Buffer.buffer(comment + "data: [DONE]" + end);
    }

    private Buffer piece(byte[] before, byte[] text, byte[] after) {
        return open(before.length + text.length + after.length)
                .appendBytes(before)
                .appendBytes(text)
                .appendBytes(after)
                .appendBytes(unfinished);
    }

    private Buffer open(int size) {
        return Buffer.buffer(head.length + choice.length + size + unfinished.length)
                .appendBytes(head)
                .appendBytes(choice);
    }

    private String closing(String finishReason) {
        return ",\"logprobs\":null,\"finish_reason\":"
                + finishReason
                + "}]"
                + (usageInEach ? ",\"usage\":null}" : "}")
                + end;
    }

    private static byte[] call(int index, String id, String name) {
        return Buffer.buffer("{\"tool_calls\":[{\"index\":" + index + ",\"id\":\"" + id)
                .appendString("\",\"type\":\"function\",\"function\":{\"name\":\"")
                .appendBytes(SimulatorJson.escaped(name))
                .appendString("\",\"arguments\":\"")
                .getBytes();
    }

    private static byte[] arguments(int index) {
        return utf8("{\"tool_calls\":[{\"index\":" + index + ",\"function\":{\"arguments\":\"");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
