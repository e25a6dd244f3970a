package dev.threadwell.run;

import org.jspecify.annotations.Nullable;

/**
 * A step of a run. The key is {@code expires_at} as on the recorded wire, not the published
 * schema's {@code expired_at}; there is no {@code metadata}.
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

    /** The value of {@code object} in a piece of a step that a stream shows. */
    public static final String DELTA_OBJECT = OBJECT + ".delta";

    /** A step that a run begins. */
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

    /** This step with other details; its status stays. */
    public RunStep with(StepDetails details) {
        return copy(status, cancelledAt, completedAt, failedAt, lastError, details, usage);
    }

    /** This step at its regular end. */
    public RunStep completed(long now, @Nullable Usage spent) {
        return copy(StepStatus.COMPLETED, null, now, null, null, stepDetails, spent);
    }

    /** This step, failed. */
    public RunStep failed(RunError error, long now, Usage spent) {
        return copy(StepStatus.FAILED, null, null, now, error, stepDetails, spent);
    }

    /** This open step, ended because its run ended so. */
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
     * This step as REST shows it: an ended step has no {@code expires_at}, while the stream's event
     * of its end still has (measured).
     */
    public RunStep settled() {
        return status == StepStatus.IN_PROGRESS ? this : withExpiry(null);
    }

    /**
     * This step as clients see it, wherever they do: some of what is stored is for the model alone.
     *
     * @param contents whether the content of what file search found is shown
     */
    public RunStep shown(boolean contents) {
        return stepDetails instanceof StepDetails.ToolCalls calls
                ? with(calls.shown(contents))
                : this;
    }

    /** This step with another time of expiry, e.g. that which the stream shows at its end. */
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
