package dev.threadwell.runworker.turn;

import dev.threadwell.assistant.Tool;
import dev.threadwell.persistence.thread.ConversationStore.Entry;
import dev.threadwell.run.Run;
import dev.threadwell.runworker.turn.Truncation.Piece;
import dev.threadwell.runworker.turn.tool.BuiltInTools;
import dev.threadwell.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Builds the request for chat completions from a run and its conversation. */
public final class Prompt {

    /** The number of tokens that a provider adds to every prompt. */
    private static final long FRAME = 16;

    private Prompt() {}

    /**
     * Whether the prompt fits with any tokenizer, because a token is at least one byte. If so,
     * {@link #of} is fast, because it need not count tokens.
     *
     * @param bytes the size of the conversation in bytes
     */
    public static boolean fitsForSure(
            Run run, long bytes, AttachedFiles attached, TokenBudget budget) {
        long told =
                Json.bytes(run).length
                        + Json.bytes(BuiltInFunctions.of(run, BuiltInTools.ALL).offers()).length
                        + Json.bytes(instructions(run, attached)).length;
        return told + bytes + FRAME <= budget.prompt();
    }

    /**
     * Builds the request for the run's next turn.
     *
     * @param conversation oldest first
     */
    public static PromptResult of(
            Run run, List<Entry> conversation, AttachedFiles attached, TokenBudget budget) {
        return of(run, conversation, attached, budget, BuiltInTools.ALL);
    }

    /**
     * Builds the request with these built-in tools, of which those of the run are offered to the
     * model.
     */
    public static PromptResult of(
            Run run,
            List<Entry> conversation,
            AttachedFiles attached,
            TokenBudget budget,
            BuiltInTools builtIns) {
        String spent = budget.spentLimit();
        if (spent != null) {
            return new PromptResult.NothingLeft(spent);
        }
        BuiltInFunctions names = BuiltInFunctions.of(run, builtIns);
        Map<String, Object> tools = tools(run, conversation, names);
        List<Map<String, Object>> instructions = instructions(run, attached);
        ChatMessages chat = new ChatMessages(run, attached, names);
        Truncation.Shown shown = shown(chat, conversation, tools, instructions, budget);
        if (!shown.fits() && budget.limitsPrompt()) {
            return new PromptResult.NothingLeft(TokenBudget.PROMPT);
        }
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("model", run.model());
        request.put("messages", messages(instructions, shown.pieces()));
        request.put("stream", true);
        request.put("stream_options", Map.of("include_usage", true));
        request.putAll(tools);
        addChoices(request, run, budget);
        return new PromptResult.Request(
                Json.bytes(request), CitationSources.of(run, conversation, builtIns));
    }

    private static void addChoices(Map<String, Object> request, Run run, TokenBudget budget) {
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

    private static Map<String, Object> tools(
            Run run, List<Entry> conversation, BuiltInFunctions names) {
        List<Map<String, Object>> offers = names.offers();
        if (offers.isEmpty()) {
            return Map.of();
        }
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("tools", offers);
        if (!run.parallelToolCalls()) {
            request.put("parallel_tool_calls", false);
        }
        Object demand = names.demand(run.toolChoice());
        if ("none".equals(run.toolChoice())) {
            request.put("tool_choice", "none");
        } else if (demand != null && !hasCalled(run, conversation)) {
            // A forced call is forced only once: otherwise the run would never end.
            request.put("tool_choice", demand);
        }
        return request;
    }

    private static boolean hasCalled(Run run, List<Entry> conversation) {
        return conversation.stream()
                .anyMatch(
                        e ->
                                e instanceof Entry.Called(var step)
                                        && step.runId().equals(run.id())
                                        && !ChatMessages.answered(step).isEmpty());
    }

    /**
     * The pieces that fit. Tokens are counted only if the size in bytes does not already show that
     * everything fits.
     */
    private static Truncation.Shown shown(
            ChatMessages chat,
            List<Entry> conversation,
            Map<String, Object> tools,
            List<Map<String, Object>> instructions,
            TokenBudget budget) {
        Run run = chat.run();
        int wanted = run.truncationStrategy().messages();
        List<Piece> pieces = Truncation.last(wanted, pieces(chat, conversation));
        long bytes = Json.bytes(tools).length + Json.bytes(instructions).length + FRAME;
        for (Piece piece : pieces) {
            bytes += piece.bytes();
        }
        if (bytes <= budget.prompt()) {
            return new Truncation.Shown(pieces, true);
        }
        PromptTokens tokens = PromptTokens.of(run.model());
        long room = budget.prompt() - FRAME;
        room -= tokens.of(instructions, Math.max(0, room));
        if (!tools.isEmpty()) {
            room -= tokens.ofJson(tools, Math.max(0, room));
        }
        return Truncation.of(pieces, tokens, room, wanted == Integer.MAX_VALUE);
    }

    private static List<Piece> pieces(ChatMessages chat, List<Entry> conversation) {
        List<Piece> pieces = new ArrayList<>();
        for (Entry entry : conversation) {
            List<Map<String, Object>> messages = chat.messages(entry);
            if (!messages.isEmpty()) {
                pieces.add(new Piece(messages, countsAsSaid(entry, chat.run()), isQuestion(entry)));
            }
        }
        return pieces;
    }

    /** A single system message, because some providers accept only one. */
    private static List<Map<String, Object>> instructions(Run run, AttachedFiles attached) {
        String instructions = run.instructions();
        String files = files(run, attached.codeFiles());
        String told =
                instructions == null || instructions.isBlank()
                        ? files
                        : files.isEmpty() ? instructions : instructions + "\n\n" + files;
        return told.isEmpty() ? List.of() : List.of(ChatMessages.message("system", told));
    }

    /**
     * The list of files that code can open. Security: control characters are removed from the
     * names, which users choose, so that a name cannot inject lines into the system prompt.
     */
    private static String files(Run run, Map<String, String> names) {
        if (names.isEmpty() || run.tools().stream().noneMatch(Prompt::interpretsCode)) {
            return "";
        }
        return names.entrySet().stream()
                .map(file -> "/mnt/data/" + file.getKey() + " is " + oneLine(file.getValue()))
                .collect(Collectors.joining("\n", "Files that code can open:\n", ""));
    }

    private static String oneLine(String name) {
        return name.replaceAll("\\p{Cntrl}", " ");
    }

    private static boolean interpretsCode(Tool tool) {
        return tool instanceof Tool.CodeInterpreter;
    }

    private static List<Object> messages(
            List<Map<String, Object>> instructions, List<Piece> pieces) {
        List<Object> messages = new ArrayList<>(instructions);
        messages.addAll(merged(pieces.stream().flatMap(p -> p.messages().stream()).toList()));
        return messages;
    }

    private static boolean isQuestion(Entry entry) {
        return entry instanceof Entry.Said(var message) && message.role().equals("user");
    }

    /**
     * Messages of the run itself do not count for {@code last_messages}, so that they do not push
     * out the question that they answer.
     */
    private static boolean countsAsSaid(Entry entry, Run run) {
        return entry instanceof Entry.Said(var message) && !run.id().equals(message.runId());
    }

    /**
     * Merges the model's calls and its text before or after them into one message, the form that
     * providers expect.
     */
    private static List<Map<String, Object>> merged(List<Map<String, Object>> messages) {
        List<Map<String, Object>> merged = new ArrayList<>();
        for (Map<String, Object> message : messages) {
            while (message.containsKey("tool_calls")
                    && !merged.isEmpty()
                    && isWords(merged.getLast())
                    && message.get("content") instanceof String behind) {
                Object words = merged.removeLast().get("content");
                message.put("content", behind.isEmpty() ? words : words + "\n" + behind);
            }
            merged.add(message);
        }
        return merged;
    }

    private static boolean isWords(Map<String, Object> message) {
        return "assistant".equals(message.get("role"))
                && !message.containsKey("tool_calls")
                && message.get("content") instanceof String;
    }
}
