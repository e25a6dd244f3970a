package dev.threadwell.runworker.turn;

import dev.threadwell.assistant.Tool;
import dev.threadwell.run.Run;
import dev.threadwell.runworker.turn.Truncation.Piece;
import dev.threadwell.store.Conversation.Entry;
import dev.threadwell.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns a run and its conversation into a request for chat completions. */
public final class Prompt {

    /** What a provider adds to every prompt. */
    private static final long FRAME = 16;

    private Prompt() {}

    /**
     * Whether nothing has to be left out, whatever the model's tokenizer: no token is shorter than
     * a byte. If so, {@link #of} is quick.
     *
     * @param bytes of the conversation
     */
    public static boolean fitsForSure(Run run, long bytes, Budget budget) {
        return Json.bytes(run).length + bytes + FRAME <= budget.prompt();
    }

    /**
     * How the run's next turn begins.
     *
     * @param conversation oldest first
     * @param pictures those that users show in it, by their files' ids
     */
    public static Asking of(
            Run run, List<Entry> conversation, Map<String, Picture> pictures, Budget budget) {
        String spent = budget.spentLimit();
        if (spent != null) {
            return new Asking.NothingLeft(spent);
        }
        Map<String, Object> tools = tools(run, conversation);
        Truncation.Shown shown = shown(new Chat(run, pictures), conversation, tools, budget);
        if (!shown.fits() && budget.limitsPrompt()) {
            return new Asking.NothingLeft(Budget.PROMPT);
        }
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("model", run.model());
        request.put("messages", messages(run, shown.pieces()));
        request.put("stream", true);
        request.put("stream_options", Map.of("include_usage", true));
        request.putAll(tools);
        addChoices(request, run, budget);
        return new Asking.Request(Json.bytes(request));
    }

    private static void addChoices(Map<String, Object> request, Run run, Budget budget) {
        if (run.temperature() != null && run.temperature() != 1.0) {
            request.put("temperature", run.temperature());
        }
        if (run.topP() != null && run.topP() != 1.0) {
            request.put("top_p", run.topP());
        }
        if (run.reasoningEffort() != null) {
            request.put("reasoning_effort", run.reasoningEffort());
        }
        if (budget.completionLeft() != null) {
            request.put("max_completion_tokens", budget.completionLeft());
        }
        if (!"auto".equals(run.responseFormat())) {
            request.put("response_format", run.responseFormat());
        }
    }

    private static Map<String, Object> tools(Run run, List<Entry> conversation) {
        List<Tool.Function> functions =
                run.tools().stream()
                        .filter(Tool.Function.class::isInstance)
                        .map(Tool.Function.class::cast)
                        .toList();
        if (functions.isEmpty()) {
            return Map.of();
        }
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("tools", functions.stream().map(Prompt::offered).toList());
        if (!run.parallelToolCalls()) {
            request.put("parallel_tool_calls", false);
        }
        if ("none".equals(run.toolChoice()) || demands(run.toolChoice(), run, conversation)) {
            request.put("tool_choice", run.toolChoice());
        }
        return request;
    }

    private static Map<String, Object> offered(Tool.Function tool) {
        Map<String, Object> offer = new LinkedHashMap<>();
        offer.put("type", "function");
        offer.put("function", tool.function());
        return offer;
    }

    /** What was demanded once has been done: demanded again, the run would never end. */
    private static boolean demands(Object choice, Run run, List<Entry> conversation) {
        boolean aFunction =
                "required".equals(choice)
                        || (choice instanceof Map<?, ?> named
                                && "function".equals(named.get("type")));
        return aFunction && !hasCalled(run, conversation);
    }

    private static boolean hasCalled(Run run, List<Entry> conversation) {
        return conversation.stream()
                .anyMatch(
                        e ->
                                e instanceof Entry.Called(var step)
                                        && step.runId().equals(run.id())
                                        && !Chat.called(step).isEmpty());
    }

    /** All that fits; tokens are counted only if it is not plain that everything does. */
    private static Truncation.Shown shown(
            Chat chat, List<Entry> conversation, Map<String, Object> tools, Budget budget) {
        Run run = chat.run();
        int wanted = run.truncationStrategy().messages();
        List<Piece> pieces = Truncation.last(wanted, pieces(chat, conversation));
        List<Map<String, Object>> instructions = instructions(run);
        long bytes = Json.bytes(tools).length + Json.bytes(instructions).length + FRAME;
        for (Piece piece : pieces) {
            bytes += piece.bytes();
        }
        if (bytes <= budget.prompt()) {
            return new Truncation.Shown(pieces, true);
        }
        Tokens tokens = Tokens.of(run.model());
        long room =
                budget.prompt()
                        - tokens.of(instructions)
                        - (tools.isEmpty() ? 0 : tokens.ofJson(tools))
                        - FRAME;
        return Truncation.of(pieces, tokens, room, wanted == Integer.MAX_VALUE);
    }

    private static List<Piece> pieces(Chat chat, List<Entry> conversation) {
        List<Piece> pieces = new ArrayList<>();
        for (Entry entry : conversation) {
            List<Map<String, Object>> messages = chat.messages(entry);
            if (!messages.isEmpty()) {
                pieces.add(new Piece(messages, countsAsSaid(entry, chat.run()), isQuestion(entry)));
            }
        }
        return pieces;
    }

    private static List<Map<String, Object>> instructions(Run run) {
        String instructions = run.instructions();
        return instructions == null || instructions.isBlank()
                ? List.of()
                : List.of(Chat.message("system", instructions));
    }

    private static List<Object> messages(Run run, List<Piece> pieces) {
        List<Object> messages = new ArrayList<>(instructions(run));
        messages.addAll(merged(pieces.stream().flatMap(p -> p.messages().stream()).toList()));
        return messages;
    }

    private static boolean isQuestion(Entry entry) {
        return entry instanceof Entry.Said(var message) && message.role().equals("user");
    }

    /** What this run itself has said does not push out the question that it answers. */
    private static boolean countsAsSaid(Entry entry, Run run) {
        return entry instanceof Entry.Said(var message) && !run.id().equals(message.runId());
    }

    /** What a model says before it calls tools, and the calls, are one message to a provider. */
    private static List<Object> merged(List<Map<String, Object>> messages) {
        List<Object> merged = new ArrayList<>();
        Map<String, Object> previous = Map.of();
        for (Map<String, Object> message : messages) {
            if (message.containsKey("tool_calls")
                    && "assistant".equals(previous.get("role"))
                    && !previous.containsKey("tool_calls")) {
                message.put("content", previous.get("content"));
                merged.removeLast();
            }
            merged.add(message);
            previous = message;
        }
        return merged;
    }
}
