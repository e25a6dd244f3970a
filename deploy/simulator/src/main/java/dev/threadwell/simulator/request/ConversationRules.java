package dev.threadwell.simulator.request;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Validates the order of messages: every tool call is followed by exactly one output. */
final class ConversationRules {
    private final List<ChatMessage> messages;
    private final Set<String> open = new LinkedHashSet<>();
    private final Set<String> answered = new LinkedHashSet<>();

    private ConversationRules(List<ChatMessage> messages) {
        this.messages = messages;
    }

    /** Rejects tool outputs without a call and calls without an output. */
    static void check(List<ChatMessage> messages) {
        new ConversationRules(new ArrayList<>(messages)).check();
    }

    private void check() {
        for (int i = 0; i < messages.size(); i++) {
            ChatMessage message = messages.get(i);
            if (message.role() == Role.TOOL) {
                answer(message, i);
            } else {
                allAnswered(i);
                begin(message, i);
            }
        }
        allAnswered(messages.size() - 1);
    }

    private void begin(ChatMessage message, int index) {
        answered.clear();
        for (ToolCall call : message.toolCalls()) {
            if (!open.add(call.id())) {
                throw refused(
                        "Duplicate value for 'tool_call_id' of '" + call.id() + "'.",
                        "messages.[" + index + "].tool_calls");
            }
        }
    }

    private void answer(ChatMessage message, int index) {
        String id = String.valueOf(message.toolCallId());
        if (open.remove(id)) {
            answered.add(id);
            return;
        }
        if (answered.contains(id)) {
            throw refused(
                    "Duplicate value for 'tool_call_id' of '" + id + "'.",
                    "messages.[" + index + "].tool_call_id");
        }
        if (open.isEmpty() && answered.isEmpty()) {
            throw refused(
                    "Invalid parameter: messages with role 'tool' must be a response to a"
                            + " preceeding message with 'tool_calls'.",
                    "messages.[" + index + "].role");
        }
        throw refused(
                "Invalid parameter: 'tool_call_id' of '"
                        + id
                        + "' not found in 'tool_calls' of previous message.",
                "messages.[" + index + "].tool_call_id");
    }

    private void allAnswered(int index) {
        if (!open.isEmpty()) {
            throw refused(
                    "An assistant message with 'tool_calls' must be followed by tool messages"
                            + " responding to each 'tool_call_id'. The following tool_call_ids did"
                            + " not have response messages: "
                            + open.stream().collect(Collectors.joining(", ")),
                    "messages.[" + index + "].role");
        }
    }

    private static RefusedRequest refused(String message, String param) {
        return new RefusedRequest(RequestError.invalid(message, param, null));
    }
}
