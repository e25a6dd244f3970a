package dev.threadwell.runworker.turn;

import dev.threadwell.thread.Message;
import dev.threadwell.thread.MessageContent;
import java.util.ArrayList;
import java.util.List;

/**
 * A message that is being written: a refusal after a text, or the reverse, is a part of its own.
 */
final class MessageInProgress {

    private final Message begun;
    private final List<Part> parts = new ArrayList<>();

    private record Part(boolean refused, StringBuilder text) {}

    MessageInProgress(Message begun) {
        this.begun = begun;
    }

    /** Takes the next piece and returns its delta. */
    byte[] take(String piece, boolean refused) {
        boolean first = parts.isEmpty() || parts.getLast().refused() != refused;
        if (first) {
            parts.add(new Part(refused, new StringBuilder()));
        }
        parts.getLast().text().append(piece);
        int index = parts.size() - 1;
        return refused
                ? Deltas.refusal(begun.id(), index, piece)
                : Deltas.text(begun.id(), index, piece, first);
    }

    Message completed(long now) {
        return begun.completed(content(), now);
    }

    Message incomplete(String reason, long now) {
        return begun.incomplete(content(), reason, now);
    }

    /** At least one part, because clients look for the one at the index that they know. */
    private List<MessageContent> content() {
        if (parts.isEmpty()) {
            return List.of(MessageContent.Text.of(""));
        }
        return parts.stream().map(MessageInProgress::content).toList();
    }

    private static MessageContent content(Part part) {
        String text = part.text().toString();
        return part.refused() ? new MessageContent.Refusal(text) : MessageContent.Text.of(text);
    }
}
