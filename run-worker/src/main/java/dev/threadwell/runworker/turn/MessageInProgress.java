package dev.threadwell.runworker.turn;

import dev.threadwell.thread.Message;
import dev.threadwell.thread.MessageContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Accumulates a message while it is streamed, and builds its deltas. Text, refusal and images are
 * separate parts.
 */
final class MessageInProgress {

    private final Message begun;
    private final List<Part> parts = new ArrayList<>();

    private sealed interface Part {

        record Text(StringBuilder text, List<Map<String, Object>> annotations, Length length)
                implements Part {}

        record Refusal(StringBuilder text) implements Part {}

        record Image(String fileId) implements Part {}
    }

    /** The number of code points of a text, counted incrementally. */
    private static final class Length {

        private int codePoints;

        int add(String piece) {
            codePoints += piece.codePointCount(0, piece.length());
            return codePoints;
        }
    }

    MessageInProgress(Message begun) {
        this.begun = begun;
    }

    /** Takes an image and returns its delta. */
    byte[] image(String fileId) {
        parts.add(new Part.Image(fileId));
        return Deltas.image(begun.id(), parts.size() - 1, fileId);
    }

    /** Takes the next piece of a text and returns its delta. */
    byte[] text(CitationParser.Said said) {
        boolean goesOn = !parts.isEmpty() && parts.getLast() instanceof Part.Text;
        if (!goesOn) {
            parts.add(new Part.Text(new StringBuilder(), new ArrayList<>(), new Length()));
        }
        Part.Text part = (Part.Text) parts.getLast();
        Map<String, Object> annotation = annotate(part, said);
        part.text().append(said.text());
        return Deltas.text(begun.id(), parts.size() - 1, said.text(), !goesOn, annotation);
    }

    private static @Nullable Map<String, Object> annotate(
            Part.Text part, CitationParser.Said said) {
        Annotation annotation = said.annotation();
        int start = part.length().codePoints;
        int end = part.length().add(said.text());
        if (annotation == null) {
            return null;
        }
        int index = part.annotations().size();
        part.annotations().add(annotation.of(said.text(), start, end));
        return annotation.delta(index, said.text(), start, end);
    }

    /** Takes the next piece of a refusal and returns its delta. */
    byte[] refusal(String piece) {
        if (parts.isEmpty() || !(parts.getLast() instanceof Part.Refusal)) {
            parts.add(new Part.Refusal(new StringBuilder()));
        }
        ((Part.Refusal) parts.getLast()).text().append(piece);
        return Deltas.refusal(begun.id(), parts.size() - 1, piece);
    }

    Message completed(long now) {
        return begun.completed(content(), now);
    }

    Message incomplete(String reason, long now) {
        return begun.incomplete(content(), reason, now);
    }

    /** At least one part, because clients look up a part by its index. */
    private List<MessageContent> content() {
        if (parts.isEmpty()) {
            return List.of(MessageContent.Text.of(""));
        }
        return parts.stream().map(MessageInProgress::content).toList();
    }

    private static MessageContent content(Part part) {
        return switch (part) {
            case Part.Text(var text, var annotations, var _) ->
                    new MessageContent.Text(
                            new MessageContent.Value(text.toString(), List.copyOf(annotations)));
            case Part.Refusal(var text) -> new MessageContent.Refusal(text.toString());
            case Part.Image(var fileId) -> new MessageContent.ImageFile(Map.of("file_id", fileId));
        };
    }
}
