package dev.threadwell.run;

import org.jspecify.annotations.Nullable;

/**
 * The part of a run that its lifecycle changes; all else except the metadata is fixed at creation.
 */
public record RunProgress(
        RunStatus status,
        @Nullable Long startedAt,
        @Nullable Long expiresAt,
        @Nullable Long cancelledAt,
        @Nullable Long failedAt,
        @Nullable Long completedAt,
        @Nullable RequiredAction requiredAction,
        @Nullable RunError lastError,
        Run.@Nullable IncompleteDetails incompleteDetails,
        @Nullable Usage usage) {

    /** The progress of a new run. */
    public static RunProgress queued(long expiresAt) {
        return new RunProgress(
                RunStatus.QUEUED, null, expiresAt, null, null, null, null, null, null, null);
    }

    RunProgress inProgress(long now) {
        return at(RunStatus.IN_PROGRESS, now, null);
    }

    RunProgress requiresAction(RequiredAction action) {
        return at(RunStatus.REQUIRES_ACTION, startedAt, action);
    }

    RunProgress queuedAgain() {
        return at(RunStatus.QUEUED, startedAt, null);
    }

    RunProgress cancelling() {
        return at(RunStatus.CANCELLING, startedAt, null);
    }

    RunProgress cancelled(long now, Usage spent) {
        return new RunProgress(
                RunStatus.CANCELLED, startedAt, null, now, null, null, null, null, null, spent);
    }

    RunProgress failed(long now, RunError error, Usage spent) {
        return new RunProgress(
                RunStatus.FAILED, startedAt, null, null, now, null, null, error, null, spent);
    }

    RunProgress completed(long now, Usage spent) {
        return new RunProgress(
                RunStatus.COMPLETED, startedAt, null, null, null, now, null, null, null, spent);
    }

    RunProgress incomplete(long now, String reason, Usage spent) {
        return new RunProgress(
                RunStatus.INCOMPLETE,
                startedAt,
                null,
                null,
                null,
                now,
                null,
                null,
                new Run.IncompleteDetails(reason),
                spent);
    }

    RunProgress expired(Usage spent) {
        return new RunProgress(
                RunStatus.EXPIRED, startedAt, null, null, null, null, null, null, null, spent);
    }

    private RunProgress at(
            RunStatus next, @Nullable Long started, @Nullable RequiredAction action) {
        return new RunProgress(
                next, started, expiresAt, null, null, null, action, null, null, null);
    }
}
