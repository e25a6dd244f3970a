package dev.threadwell.simulator.request;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A valid chat completion request. */
public record ChatRequest(
        String model,
        List<ChatMessage> messages,
        List<OfferedFunction> functions,
        ToolChoice toolChoice,
        boolean parallelToolCalls,
        boolean stream,
        boolean includeUsage,
        @Nullable Integer maxTokens,
        ResponseFormat responseFormat,
        ObjectNode body) {

    public String lastUserText() {
        int last = lastUser();
        return last < 0 ? "" : messages.get(last).text();
    }

    /** The URLs of the images in the last message of the user. */
    public List<String> lastUserPictures() {
        int last = lastUser();
        return last < 0 ? List.of() : messages.get(last).pictures();
    }

    public List<ChatMessage> afterLastUser() {
        return messages.subList(lastUser() + 1, messages.size());
    }

    /** The texts of system and developer messages, the latest first. */
    public List<String> systemTexts() {
        var texts = new ArrayList<String>();
        for (ChatMessage message : messages.reversed()) {
            if (message.role() == Role.SYSTEM || message.role() == Role.DEVELOPER) {
                texts.add(message.text());
            }
        }
        return texts;
    }

    private int lastUser() {
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (messages.get(i).role() == Role.USER) {
                return i;
            }
        }
        return -1;
    }
}
