package dev.threadwell.simulator.stream;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.threadwell.simulator.answer.Delta;
import dev.threadwell.simulator.answer.ModelAnswer;
import dev.threadwell.simulator.direction.Fault;
import dev.threadwell.simulator.json.SimulatorJson;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;

/** Sends an answer as one JSON object, at the time at which a stream would send its last token. */
final class WholePerformance extends Performance {
    WholePerformance(
            Vertx vertx, HttpServerRequest request, Completion completion, Progress progress) {
        super(vertx, request, completion, progress);
    }

    @Override
    void play() {
        int failsAfter = completion.tokensBeforeFault();
        int tokens = failsAfter < 0 ? completion.answer().tokens() : failsAfter;
        after(completion.direction().pace().nanosUntilLast(tokens), this::answer);
    }

    private void answer() {
        if (completion.fault() instanceof Fault.HangAfter) {
            return;
        }
        Buffer body = Buffer.buffer(SimulatorJson.bytes(object()));
        response.putHeader("content-type", "application/json");
        if (completion.fault() instanceof Fault.CutAfter) {
            response.putHeader("content-length", Integer.toString(body.length()));
            response.write(body.slice(0, body.length() / 2));
            cut();
            return;
        }
        progress.sent(completion.answer().tokens());
        finish();
        response.end(body);
    }

    private ObjectNode object() {
        ObjectNode object =
                SimulatorJson.object()
                        .put("id", completion.id())
                        .put("object", "chat.completion")
                        .put("created", completion.created())
                        .put("model", SimulatorJson.wellFormed(completion.request().model()));
        ObjectNode choice = object.putArray("choices").addObject().put("index", 0);
        choice.set("message", message(completion.answer()));
        choice.putNull("logprobs")
                .put("finish_reason", SimulatorJson.wellFormed(completion.answer().finish()));
        object.set("usage", UsageObject.of(completion.answer().usage()));
        return object.put("service_tier", "default")
                .put("system_fingerprint", Completion.FINGERPRINT);
    }

    private static ObjectNode message(ModelAnswer answer) {
        var text = new StringBuilder();
        var refusal = new StringBuilder();
        var calls = new ArrayList<Call>();
        for (int i = 0; i < answer.tokens(); i++) {
            switch (answer.token(i)) {
                case Delta.Text(String piece) -> text.append(piece);
                case Delta.Refusal(String piece) -> refusal.append(piece);
                case Delta.CallBegins(_, String id, String name) ->
                        calls.add(new Call(id, name, new StringBuilder()));
                case Delta.CallContinues(int index, String piece) ->
                        calls.get(index).arguments().append(piece);
                case Delta.Raw(var delta) -> text.append(delta.path("content").asText(""));
            }
        }
        return message(text.toString(), refusal.toString(), calls);
    }

    private record Call(String id, String name, StringBuilder arguments) {}

    private static ObjectNode message(String text, String refusal, List<Call> calls) {
        boolean textless = text.isEmpty() && !(refusal.isEmpty() && calls.isEmpty());
        ObjectNode message =
                SimulatorJson.object()
                        .put("role", "assistant")
                        .put("content", textless ? null : text)
                        .put("refusal", refusal.isEmpty() ? null : refusal);
        if (!calls.isEmpty()) {
            addCalls(message.putArray("tool_calls"), calls);
        }
        message.putArray("annotations");
        return message;
    }

    private static void addCalls(ArrayNode array, List<Call> calls) {
        for (Call call : calls) {
            array.addObject()
                    .put("id", call.id())
                    .put("type", "function")
                    .putObject("function")
                    .put("name", SimulatorJson.wellFormed(call.name()))
                    .put("arguments", call.arguments().toString());
        }
    }
}
