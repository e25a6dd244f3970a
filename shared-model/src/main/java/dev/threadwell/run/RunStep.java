package dev.threadwell.run;

import org.jspecify.annotations.Nullable;

/**
 * A step of a run. It has {@code expires_at}, as in recorded responses of the original, and not
 * {@code expired_at} as in the published schema, and no {@code metadata}.
 */
public record RunStep(
        String id,
        String object,
        long createdAt,
        String runId,
        String assistantId,
        String threadId,
        String type,
        StepStatus status,
        @Nullable Long cancelledAt,
        @Nullable Long completedAt,
        @Nullable Long expiresAt,
        @Nullable Long failedAt,
        @Nullable RunError lastError,
        StepDetails stepDetails,
        @Nullable Usage usage) {

    /** The value of {@code object}. */
    public static final String OBJECT = "thread.run.step";

    /** The value of {@code object} in a delta of a step. */
    public static final String DELTA_OBJECT = OBJECT + ".delta";

    /** A new step in progress. */
    public static RunStep begun(String id, Run run, StepDetails details, long now) {
        return new RunStep(
                id,
                OBJECT,
                now,
                run.id(),
                run.assistantId(),
                run.threadId(),
                typeOf(details),
                StepStatus.IN_PROGRESS,
                null,
                null,
                run.expiresAt(),
                null,
                null,
                details,
                null);
    }

    /** This step with other details and the same status. */
    public RunStep with(StepDetails details) {
        return copy(status, cancelledAt, completedAt, failedAt, lastError, details, usage);
    }

    /** This step, completed. */
    public RunStep completed(long now, @Nullable Usage spent) {
        return copy(StepStatus.COMPLETED, null, now, null, null, stepDetails, spent);
    }

    /** This step, failed. */
    public RunStep failed(RunError error, long now, Usage spent) {
        return copy(StepStatus.FAILED, null, null, now, error, stepDetails, spent);
    }

    /** This open step, ended with the status that follows from the run's final status. */
    public RunStep endedWith(Run run, long now, Usage spent) {
        RunError error = run.lastError() == null ? RunError.server() : run.lastError();
        return switch (run.status()) {
            case FAILED -> failed(error, now, spent);
            case CANCELLED -> copy(StepStatus.CANCELLED, now, null, null, null, stepDetails, spent);
            case EXPIRED -> copy(StepStatus.EXPIRED, null, null, null, null, stepDetails, spent);
            case COMPLETED, INCOMPLETE -> completed(now, spent);
            case QUEUED, IN_PROGRESS, REQUIRES_ACTION, CANCELLING -> this;
        };
    }

    /**
     * This step as REST shows it: without {@code expires_at} if it has ended, unlike the stream's
     * last event of the step (measured against the original).
     */
    public RunStep settled() {
        return status == StepStatus.IN_PROGRESS ? this : withExpiry(null);
    }

    /**
     * This step as clients see it, in REST and in streams, without the parts that are stored only
     * for the model.
     *
     * @param contents whether the content of file search results is shown
     */
    public RunStep shown(boolean contents) {
        return stepDetails instanceof StepDetails.ToolCalls calls
                ? with(calls.shown(contents))
                : this;
    }

    /** This step with another {@code expires_at}, e.g. the one that the stream shows at its end. */
    public RunStep withExpiry(@Nullable Long expiry) {
        return new RunStep(
                id,
                object,
                createdAt,
                runId,
                assistantId,
                threadId,
                type,
                status,
                cancelledAt,
                completedAt,
                expiry,
                failedAt,
                lastError,
                stepDetails,
                usage);
    }

    private RunStep copy(
            StepStatus next,
            @Nullable Long cancelled,
            @Nullable Long completed,
            @Nullable Long failed,
            @Nullable RunError error,
            StepDetails details,
            @Nullable Usage spent) {
        return new RunStep(
                id,
                object,
                createdAt,
                runId,
                assistantId,
                threadId,
                type,
                next,
                cancelled,
                completed,
                expiresAt,
                failed,
                error,
                details,
                spent);
    }

    private static String typeOf(StepDetails details) {
        return switch (details) {
            case StepDetails.MessageCreation _ -> "message_creation";
            case StepDetails.ToolCalls _ -> "tool_calls";
        };
    }
}
