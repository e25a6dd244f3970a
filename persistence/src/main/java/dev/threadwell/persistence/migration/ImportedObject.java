package dev.threadwell.persistence.migration;

import dev.threadwell.assistant.Assistant;
import dev.threadwell.assistant.ToolFiles;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.Usage;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.ThreadObject;
import dev.threadwell.wire.Json;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * An imported object, which keeps its id, with the columns that the store writes.
 *
 * @param threadId empty if it belongs to no thread
 * @param runId empty if it belongs to no run
 * @param word a further column: the role, status or type
 * @param referredId the vector store that it uses, or the assistant of a run; empty if there is
 *     none
 * @param endedAt when a run ended, in Unix seconds
 * @param spent the tokens of a run or a step, as JSON
 */
public record ImportedObject(
        Kind kind,
        String id,
        String threadId,
        String runId,
        long createdAt,
        String word,
        String referredId,
        long endedAt,
        String spent,
        String document) {

    private static final String NOTHING = "{}";

    /** An id with a zero character, which a text column cannot hold, refers to nothing. */
    public ImportedObject {
        referredId = referredId.indexOf('\0') < 0 ? referredId : "";
    }

    /** The kinds of objects that can be imported, named like their tables. */
    public enum Kind {
        ASSISTANTS,
        THREADS,
        RUNS,
        MESSAGES,
        RUN_STEPS
    }

    /** An assistant. */
    public static ImportedObject of(Assistant assistant) {
        return new ImportedObject(
                Kind.ASSISTANTS,
                assistant.id(),
                "",
                "",
                assistant.createdAt(),
                "",
                vectorStore(assistant.toolResources()),
                0,
                NOTHING,
                Json.compact(assistant));
    }

    /** A thread, without its contents. */
    public static ImportedObject of(ThreadObject thread) {
        return new ImportedObject(
                Kind.THREADS,
                thread.id(),
                "",
                "",
                thread.createdAt(),
                "",
                vectorStore(thread.toolResources()),
                0,
                NOTHING,
                Json.compact(thread));
    }

    /** A message of a thread. */
    public static ImportedObject of(Message message) {
        return new ImportedObject(
                Kind.MESSAGES,
                message.id(),
                message.threadId(),
                Objects.requireNonNullElse(message.runId(), ""),
                message.createdAt(),
                message.role(),
                "",
                0,
                NOTHING,
                Json.compact(message));
    }

    /** A run that has ended. */
    public static ImportedObject of(Run run) {
        if (run.status().isActive()) {
            throw new IllegalArgumentException("a run that has not ended");
        }
        return new ImportedObject(
                Kind.RUNS,
                run.id(),
                run.threadId(),
                "",
                run.createdAt(),
                run.status().wire(),
                run.assistantId(),
                endOf(run),
                Json.compact(Objects.requireNonNullElse(run.usage(), Usage.NONE)),
                Json.compact(run));
    }

    private static String vectorStore(Map<String, Object> resources) {
        return Objects.requireNonNullElse(ToolFiles.of(resources).store(), "");
    }

    private static long endOf(Run run) {
        return Stream.of(run.completedAt(), run.failedAt(), run.cancelledAt())
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .findFirst()
                .orElse(run.createdAt() + Run.LIFETIME_SECONDS);
    }

    /** A step that has ended. */
    public static ImportedObject of(RunStep step) {
        return new ImportedObject(
                Kind.RUN_STEPS,
                step.id(),
                step.threadId(),
                step.runId(),
                step.createdAt(),
                step.type(),
                "",
                0,
                Json.compact(Objects.requireNonNullElse(step.usage(), Usage.NONE)),
                Json.compact(step));
    }
}
