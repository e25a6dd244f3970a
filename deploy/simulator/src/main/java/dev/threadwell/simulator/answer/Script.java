package dev.threadwell.simulator.answer;

import dev.threadwell.simulator.direction.Directions;
import dev.threadwell.simulator.json.SimulatorJson;
import dev.threadwell.simulator.request.ChatMessage;
import dev.threadwell.simulator.request.ChatRequest;
import dev.threadwell.simulator.request.OfferedFunction;
import dev.threadwell.simulator.request.ResponseFormat;
import dev.threadwell.simulator.request.Role;
import dev.threadwell.simulator.request.ToolCall;
import dev.threadwell.simulator.request.ToolChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The built-in script: the simulator's answer to a request without a direction, which says that it
 * is a simulator.
 */
final class Script {
    private static final int LONGEST_QUOTE = 300;
    private static final String WHAT_IT_IS =
            "This is Threadwell's built-in model simulator, not a real model.";
    private static final String HOW_TO_CONNECT =
            "To connect a real model, set MODEL_BASE_URL and MODEL_API_KEY.";

    /** The first citation marker in a search result, and the passage after it. */
    private static final Pattern MARKER = Pattern.compile("(【\\d+:\\d+†[^】]*】)\\n([^【]*[^【\\s])");

    private static final Pattern LINK = Pattern.compile("\\[[^\\]\n]*]\\(sandbox:[^)\n]*\\)");

    private Script() {}

    static ModelAnswer.Speech speech(ChatRequest request) {
        String said = Directions.withoutDirection(request.lastUserText());
        List<ChatMessage> outputs =
                request.afterLastUser().stream().filter(m -> m.role() == Role.TOOL).toList();
        List<ToolCall> calls = outputs.isEmpty() ? calls(request, said) : lastCalls(request, said);
        if (!calls.isEmpty()) {
            return new ModelAnswer.Speech(List.of(), List.of(), calls);
        }
        String text = outputs.isEmpty() ? reply(request, said) : report(request, outputs);
        return saying(inFormat(request.responseFormat(), text, said));
    }

    private static ModelAnswer.Speech saying(String text) {
        return new ModelAnswer.Speech(SimulatedTokens.split(text), List.of(), List.of());
    }

    private static List<ToolCall> calls(ChatRequest request, String said) {
        List<OfferedFunction> offered =
                switch (request.toolChoice()) {
                    case ToolChoice.None _ -> List.of();
                    case ToolChoice.Named(var name) ->
                            request.functions().stream()
                                    .filter(f -> f.name().equals(name))
                                    .toList();
                    case ToolChoice.Auto _, ToolChoice.Required _ -> request.functions();
                };
        List<ToolCall> calls = meant(request, offered, said);
        if (calls.isEmpty()
                && !offered.isEmpty()
                && !(request.toolChoice() instanceof ToolChoice.Auto)) {
            return List.of(demanded(offered.getFirst(), said));
        }
        return request.parallelToolCalls() || calls.isEmpty() ? calls : calls.subList(0, 1);
    }

    private static List<ToolCall> meant(
            ChatRequest request, List<OfferedFunction> offered, String said) {
        List<ToolCall> calls = new ArrayList<>();
        for (OfferedFunction function : offered) {
            if (BuiltInCalls.isLast(function)) {
                continue;
            }
            if (BuiltInCalls.isBuiltIn(function)) {
                BuiltInCalls.call(request, function, said).ifPresent(calls::add);
            } else if (FunctionChoice.isMeant(function, said)) {
                calls.add(call(function, said));
            }
        }
        return calls.isEmpty() ? last(request, offered, said) : calls;
    }

    /** The call that comes after those of other functions; never a second one of its kind. */
    private static List<ToolCall> lastCalls(ChatRequest request, String said) {
        boolean called =
                request.functions().stream()
                        .filter(BuiltInCalls::isLast)
                        .anyMatch(function -> isCalled(request, function));
        return called || request.toolChoice() instanceof ToolChoice.None
                ? List.of()
                : last(request, request.functions(), said);
    }

    private static boolean isCalled(ChatRequest request, OfferedFunction function) {
        return request.afterLastUser().stream()
                .flatMap(message -> message.toolCalls().stream())
                .anyMatch(call -> call.name().equals(function.name()));
    }

    private static List<ToolCall> last(
            ChatRequest request, List<OfferedFunction> offered, String said) {
        return offered.stream()
                .filter(BuiltInCalls::isLast)
                .flatMap(function -> BuiltInCalls.call(request, function, said).stream())
                .limit(1)
                .toList();
    }

    private static ToolCall demanded(OfferedFunction function, String said) {
        return BuiltInCalls.isBuiltIn(function)
                ? BuiltInCalls.demanded(function, said)
                : call(function, said);
    }

    private static ToolCall call(OfferedFunction function, String said) {
        return new ToolCall(
                SimulatedIds.next("call_"),
                function.name(),
                SimulatorJson.text(SchemaExample.of(function.schema(), said)));
    }

    /** Tells what is in the pictures of the last message, if it has any. */
    private static String reply(ChatRequest request, String said) {
        String pictures =
                request.lastUserPictures().stream()
                        .flatMap(url -> PictureText.of(url).stream())
                        .collect(Collectors.joining("\n"));
        return pictures.isEmpty() ? introduction(said) : pictures;
    }

    private static String introduction(String said) {
        return said.isEmpty()
                ? WHAT_IT_IS + " " + HOW_TO_CONNECT
                : WHAT_IT_IS + " You said: \"" + quote(said) + "\". " + HOW_TO_CONNECT;
    }

    private static String report(ChatRequest request, List<ChatMessage> outputs) {
        return outputs.stream()
                .map(o -> nameOf(request, o) + " returned: " + told(o.text()))
                .collect(Collectors.joining(" ", WHAT_IT_IS + " ", ""));
    }

    /** Quotes a tool output, with the citation marker of a search result and the links to files. */
    private static String told(String output) {
        Matcher marker = MARKER.matcher(output);
        if (marker.find()) {
            return "\"" + quote(marker.group(2)) + "\"" + marker.group(1) + ".";
        }
        StringBuilder told = new StringBuilder("\"" + quote(output) + "\".");
        Matcher link = LINK.matcher(output);
        while (link.find()) {
            if (told.indexOf(link.group()) < 0) {
                told.append(' ').append(link.group());
            }
        }
        return told.toString();
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
            case ResponseFormat.JsonObject _ ->
                    SimulatorJson.text(SimulatorJson.object().put("answer", text));
            case ResponseFormat.JsonSchema(var schema) ->
                    SimulatorJson.text(SchemaExample.of(schema, said));
        };
    }

    private static String quote(String text) {
        if (text.codePointCount(0, text.length()) <= LONGEST_QUOTE) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, LONGEST_QUOTE)) + "…";
    }
}
