package dev.threadwell.thread;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message of a thread.
 *
 * <p>OpenAI omits {@code status} and the three components after it in REST responses and sends them
 * in streams. Strict clients require them everywhere, so there is one shape.
 */
public record Message(
        String id,
        String object,
        long createdAt,
        @Nullable String assistantId,
        String threadId,
        @Nullable String runId,
        MessageStatus status,
        @Nullable IncompleteDetails incompleteDetails,
        @Nullable Long incompleteAt,
        @Nullable Long completedAt,
        String role,
        List<MessageContent> content,
        List<Attachment> attachments,
        Map<String, String> metadata) {

    /** The value of {@code object}. */
    public static final String OBJECT = "thread.message";

    /** The value of {@code object} in a delta of a message. */
    public static final String DELTA_OBJECT = OBJECT + ".delta";

    /** Why a message is incomplete, e.g. {@code max_tokens} or {@code run_cancelled}. */
    public record IncompleteDetails(String reason) {}

    /** A file attached to a message, and the tools that may use it. */
    public record Attachment(@Nullable String fileId, List<Map<String, Object>> tools) {}

    /** A message that is not written by a run, and is therefore completed at once. */
    public static Message written(
            String id,
            String threadId,
            long createdAt,
            String role,
            List<MessageContent> content,
            List<Attachment> attachments,
            Map<String, String> metadata) {
        return new Message(
                id,
                OBJECT,
                createdAt,
                null,
                threadId,
                null,
                MessageStatus.COMPLETED,
                null,
                null,
                createdAt,
                role,
                content,
                attachments,
                metadata);
    }

    /** A message that a run begins to write: in progress and still empty. */
    public static Message begun(
            String id, long createdAt, String assistantId, String threadId, String runId) {
        return new Message(
                id,
                OBJECT,
                createdAt,
                assistantId,
                threadId,
                runId,
                MessageStatus.IN_PROGRESS,
                null,
                null,
                null,
                "assistant",
                List.of(),
                List.of(),
                Map.of());
    }

    /** This message with its final content, completed. */
    public Message completed(List<MessageContent> whole, long now) {
        return ended(MessageStatus.COMPLETED, null, null, now, whole);
    }

    /** This message with its partial content, incomplete. */
    public Message incomplete(List<MessageContent> partial, String reason, long now) {
        return ended(MessageStatus.INCOMPLETE, new IncompleteDetails(reason), now, null, partial);
    }

    /** This message with other metadata. */
    public Message withMetadata(Map<String, String> changed) {
        return new Message(
                id,
                object,
                createdAt,
                assistantId,
                threadId,
                runId,
                status,
                incompleteDetails,
                incompleteAt,
                completedAt,
                role,
                content,
                attachments,
                changed);
    }

    private Message ended(
            MessageStatus end,
            @Nullable IncompleteDetails why,
            @Nullable Long cutAt,
            @Nullable Long doneAt,
            List<MessageContent> parts) {
        return new Message(
                id,
                object,
                createdAt,
                assistantId,
                threadId,
                runId,
                end,
                why,
                cutAt,
                doneAt,
                role,
                parts,
                attachments,
                metadata);
    }
}
