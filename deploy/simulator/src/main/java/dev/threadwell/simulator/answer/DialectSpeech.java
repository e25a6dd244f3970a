package dev.threadwell.simulator.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.threadwell.simulator.answer.ModelAnswer.Speech;
import dev.threadwell.simulator.direction.Dialect;
import dev.threadwell.simulator.json.SimulatorJson;
import dev.threadwell.simulator.request.ToolCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Converts an answer into the deltas of one provider's dialect. */
final class DialectSpeech {
    private static final List<String> THOUGHTS = List.of("Nothing is", " hidden here.");
    private static final String SIGNATURE = "c2lnbmVkIGJ5IG5vYm9keQ==";
    private static final int LENGTH_OF_MISTRALS_IDS = 9;

    private final Dialect dialect;
    private final List<JsonNode> deltas = new ArrayList<>();

    private DialectSpeech(Dialect dialect) {
        this.dialect = dialect;
    }

    static Speech of(Speech speech, Dialect dialect) {
        if (dialect == Dialect.WHOLE) {
            return speech;
        }
        var put = new DialectSpeech(dialect);
        put.think();
        speech.text().forEach(put::say);
        speech.refusal().forEach(piece -> put.add().put("refusal", piece));
        for (int i = 0; i < speech.calls().size(); i++) {
            put.call(i, speech.calls().get(i));
        }
        return new Speech(List.of(), List.of(), List.of(), put.deltas);
    }

    private ObjectNode add() {
        ObjectNode delta = SimulatorJson.object();
        deltas.add(delta);
        return delta;
    }

    private void think() {
        switch (dialect) {
            case DEEPSEEK, KIMI ->
                    THOUGHTS.forEach(
                            piece -> add().putNull("content").put("reasoning_content", piece));
            case OPENROUTER -> {
                THOUGHTS.forEach(
                        piece ->
                                add().put("content", "")
                                        .put("reasoning", piece)
                                        .putArray("reasoning_details")
                                        .addObject()
                                        .put("type", "reasoning.text")
                                        .put("index", 0)
                                        .put("text", piece));
                add().put("content", "")
                        .putArray("reasoning_details")
                        .addObject()
                        .put("type", "reasoning.text")
                        .put("index", 0)
                        .put("signature", SIGNATURE);
            }
            case MISTRAL ->
                    THOUGHTS.forEach(
                            piece ->
                                    add().putArray("content")
                                            .addObject()
                                            .put("type", "thinking")
                                            .putArray("thinking")
                                            .addObject()
                                            .put("type", "text")
                                            .put("text", piece));
            case GEMINI, LLAMA_CPP, WHOLE -> {
                // These dialects do not send reasoning.
            }
        }
    }

    private void say(String piece) {
        if (dialect == Dialect.MISTRAL) {
            add().putArray("content").addObject().put("type", "text").put("text", piece);
        } else {
            add().put("content", piece);
        }
    }

    private void call(int index, ToolCall call) {
        switch (dialect) {
            case GEMINI ->
                    function(one().put("id", "").put("type", "function"), call)
                            .putObject("extra_content")
                            .putObject("google")
                            .put("thought_signature", SIGNATURE);
            case MISTRAL ->
                    function(
                            one().put("index", index)
                                    .put(
                                            "id",
                                            SimulatedIds.next("")
                                                    .substring(0, LENGTH_OF_MISTRALS_IDS)),
                            call);
            case KIMI -> {
                String id = "functions." + call.name() + ":0";
                one().put("index", index)
                        .put("id", id)
                        .put("type", "function")
                        .putObject("function")
                        .put("name", "")
                        .put("arguments", "");
                one().put("index", index).putObject("function").put("name", call.name());
                for (String piece : SimulatedTokens.split(call.arguments())) {
                    one().put("index", index).putObject("function").put("arguments", piece);
                }
            }
            case LLAMA_CPP ->
                    one().put("index", index)
                            .put("id", call.id())
                            .put("type", "function")
                            .putObject("function")
                            .put("name", call.name())
                            .set("arguments", tree(call.arguments()));
            case DEEPSEEK, OPENROUTER, WHOLE ->
                    function(one().put("index", index).put("id", call.id()), call);
        }
    }

    private ObjectNode one() {
        return add().putNull("content").putArray("tool_calls").addObject();
    }

    private static ObjectNode function(ObjectNode one, ToolCall call) {
        one.putObject("function").put("name", call.name()).put("arguments", call.arguments());
        return one;
    }

    private static JsonNode tree(String json) {
        try {
            return SimulatorJson.read(json.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
