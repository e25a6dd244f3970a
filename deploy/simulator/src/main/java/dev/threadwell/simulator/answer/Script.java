package dev.threadwell.simulator.answer;

import dev.threadwell.simulator.direction.Directions;
import dev.threadwell.simulator.json.Json;
import dev.threadwell.simulator.request.ChatMessage;
import dev.threadwell.simulator.request.ChatRequest;
import dev.threadwell.simulator.request.OfferedFunction;
import dev.threadwell.simulator.request.ResponseFormat;
import dev.threadwell.simulator.request.Role;
import dev.threadwell.simulator.request.ToolCall;
import java.util.List;
import java.util.stream.Collectors;

/** What the simulator answers when nobody directs it: it says what it is. */
final class Script {
    private static final int LONGEST_QUOTE = 300;
    private static final String WHAT_IT_IS =
            "This is Threadwell's built-in model simulator, not a real model.";
    private static final String HOW_TO_CONNECT =
            "To connect a real model, set MODEL_BASE_URL and MODEL_API_KEY.";

    private Script() {}

    static Answer.Speech speech(ChatRequest request) {
        String said = Directions.withoutDirection(request.lastUserText());
        List<ChatMessage> outputs =
                request.afterLastUser().stream().filter(m -> m.role() == Role.TOOL).toList();
        if (outputs.isEmpty()) {
            List<OfferedFunction> chosen = FunctionChoice.functions(request, said);
            if (!chosen.isEmpty()) {
                return calling(chosen, said);
            }
        }
        String text = outputs.isEmpty() ? introduction(said) : report(request, outputs);
        return saying(inFormat(request.responseFormat(), text, said));
    }

    private static Answer.Speech saying(String text) {
        return new Answer.Speech(Tokens.split(text), List.of(), List.of());
    }

    private static Answer.Speech calling(List<OfferedFunction> functions, String said) {
        return new Answer.Speech(
                List.of(),
                List.of(),
                functions.stream()
                        .map(
                                f ->
                                        new ToolCall(
                                                Ids.next("call_"),
                                                f.name(),
                                                Json.text(SchemaExample.of(f.schema(), said))))
                        .toList());
    }

    private static String introduction(String said) {
        return said.isEmpty()
                ? WHAT_IT_IS + " " + HOW_TO_CONNECT
                : WHAT_IT_IS + " You said: \"" + quote(said) + "\". " + HOW_TO_CONNECT;
    }

    private static String report(ChatRequest request, List<ChatMessage> outputs) {
        return outputs.stream()
                .map(o -> nameOf(request, o) + " returned: \"" + quote(o.text()) + "\".")
                .collect(Collectors.joining(" ", WHAT_IT_IS + " ", ""));
    }

    private static String nameOf(ChatRequest request, ChatMessage output) {
        return request.afterLastUser().stream()
                .flatMap(m -> m.toolCalls().stream())
                .filter(call -> call.id().equals(output.toolCallId()))
                .map(ToolCall::name)
                .findFirst()
                .orElseThrow();
    }

    private static String inFormat(ResponseFormat format, String text, String said) {
        return switch (format) {
            case ResponseFormat.Text _ -> text;
            case ResponseFormat.JsonObject _ -> Json.text(Json.object().put("answer", text));
            case ResponseFormat.JsonSchema(var schema) -> Json.text(SchemaExample.of(schema, said));
        };
    }

    private static String quote(String text) {
        if (text.codePointCount(0, text.length()) <= LONGEST_QUOTE) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, LONGEST_QUOTE)) + "…";
    }
}
