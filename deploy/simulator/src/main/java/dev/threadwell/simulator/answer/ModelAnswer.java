package dev.threadwell.simulator.answer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.simulator.direction.Dialect;
import dev.threadwell.simulator.direction.Direction;
import dev.threadwell.simulator.request.ChatMessage;
import dev.threadwell.simulator.request.ChatRequest;
import dev.threadwell.simulator.request.ToolCall;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer as a sequence of tokens: text first, then a refusal, then function calls. */
public final class ModelAnswer {
    private static final int TOKENS_AROUND_A_MESSAGE = 4;

    private final Speech speech;
    private final List<Delta> callDeltas;
    private final int tokens;
    private final String finish;
    private final SimulatedUsage usage;

    private ModelAnswer(ChatRequest request, Direction direction, Speech speech) {
        this.speech = speech;
        this.callDeltas = new ArrayList<>(callDeltas(speech.calls()));
        speech.raw().forEach(delta -> callDeltas.add(new Delta.Raw(delta)));
        direction.content().deltas().forEach(delta -> callDeltas.add(new Delta.Raw(delta)));
        int whole = speech.text().size() + speech.refusal().size() + callDeltas.size();
        Integer limit = request.maxTokens();
        this.tokens = limit == null ? whole : Math.min(whole, limit);
        this.finish = finish(direction.finish(), tokens < whole, speech);
        this.usage = usage(request, direction.usage(), tokens);
    }

    /** The content of an answer before the token limit and the finish reason are applied. */
    record Speech(
            List<String> text, List<String> refusal, List<ToolCall> calls, List<JsonNode> raw) {

        Speech(List<String> text, List<String> refusal, List<ToolCall> calls) {
            this(text, refusal, calls, List.of());
        }
    }

    /**
     * Builds the answer that the direction specifies or, if it specifies none, the built-in
     * script's.
     */
    public static ModelAnswer to(ChatRequest request, Direction direction) {
        Speech speech =
                direction.content().isEmpty()
                        ? Script.speech(request)
                        : DirectedSpeech.of(direction.content());
        Dialect dialect = direction.dialect();
        return new ModelAnswer(
                request, direction, dialect == null ? speech : DialectSpeech.of(speech, dialect));
    }

    public int tokens() {
        return tokens;
    }

    public Delta token(int index) {
        int text = speech.text().size();
        if (index < text) {
            return new Delta.Text(speech.text().get(index));
        }
        int refused = text + speech.refusal().size();
        if (index < refused) {
            return new Delta.Refusal(speech.refusal().get(index - text));
        }
        return callDeltas.get(index - refused);
    }

    public String finish() {
        return finish;
    }

    public SimulatedUsage usage() {
        return usage;
    }

    private static List<Delta> callDeltas(List<ToolCall> calls) {
        var deltas = new ArrayList<Delta>();
        for (int i = 0; i < calls.size(); i++) {
            ToolCall call = calls.get(i);
            deltas.add(new Delta.CallBegins(i, call.id(), call.name()));
            for (String piece : SimulatedTokens.split(call.arguments())) {
                deltas.add(new Delta.CallContinues(i, piece));
            }
        }
        return deltas;
    }

    private static String finish(@Nullable String directed, boolean cutShort, Speech speech) {
        if (directed != null) {
            return directed;
        }
        if (cutShort) {
            return "length";
        }
        boolean calls =
                !speech.calls().isEmpty()
                        || speech.raw().stream().anyMatch(delta -> delta.has("tool_calls"));
        return calls ? "tool_calls" : "stop";
    }

    private static SimulatedUsage usage(
            ChatRequest request, Direction.UsageOverride directed, int tokens) {
        Integer prompt = directed.promptTokens();
        Integer completion = directed.completionTokens();
        return new SimulatedUsage(
                prompt == null ? promptTokens(request) : prompt,
                completion == null ? tokens : completion);
    }

    private static int promptTokens(ChatRequest request) {
        int count = SimulatedTokens.count(request.body().path("tools").toString());
        for (ChatMessage message : request.messages()) {
            count += TOKENS_AROUND_A_MESSAGE + SimulatedTokens.count(message.text());
            for (ToolCall call : message.toolCalls()) {
                count +=
                        SimulatedTokens.count(call.name())
                                + SimulatedTokens.count(call.arguments());
            }
        }
        return count;
    }
}
