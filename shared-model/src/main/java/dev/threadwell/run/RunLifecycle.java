package dev.threadwell.run;

import static dev.threadwell.run.Effect.ANNOUNCE;
import static dev.threadwell.run.Effect.REQUEST;
import static dev.threadwell.run.Effect.STOP_WORK;

import dev.threadwell.run.Decision.Ignore;
import dev.threadwell.run.Decision.Move;
import dev.threadwell.run.Decision.Refuse;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The state machine of a run: a pure function of the run, the event and the time.
 *
 * <pre>
 *            started            completed
 *   queued ──────────▶ in_progress ─────▶ completed | incomplete | failed
 *     ▲                 │     │
 *     │ outputs   called│     │cancel             stopped
 *     └── requires_action ────┴───▶ cancelling ──────────▶ cancelled
 *
 *   queued, in_progress, requires_action, ten minutes after the creation ──▶ expired
 *   cancelling, ten minutes after the creation ──▶ cancelled
 *   queued, while it still waits for its thread, on a cancel ──▶ cancelled
 *   queued, in_progress, requires_action, cancelling, when the thread is deleted ──▶ cancelled
 *   in_progress, when its worker is dead ──▶ in_progress, requested again
 *   in_progress, when more than three of its workers have died ──▶ failed
 * </pre>
 *
 * Late and repeated events are expected and are ignored.
 */
public final class RunLifecycle {

    /**
     * After this many deaths of its workers a run is not executed any more: the worker that takes
     * it over ends it with an error. If that worker dies too, the run fails without another claim.
     */
    public static final int MOST_DEATHS = 3;

    private RunLifecycle() {}

    /** The effects of a new run: it is announced and requested. */
    public static Move created(Run run) {
        return new Move(run, List.of(ANNOUNCE, REQUEST));
    }

    /** Decides about an event in the run's current status. */
    public static Decision decide(Run run, RunEvent event, Instant at) {
        long now = at.getEpochSecond();
        return switch (event) {
            case RunEvent.Started _ -> started(run, now);
            case RunEvent.FunctionsCalled called -> functionsCalled(run, called);
            case RunEvent.OutputsSubmitted submitted -> outputsSubmitted(run, submitted);
            case RunEvent.Completed end -> ended(run, run.progress().completed(now, end.spent()));
            case RunEvent.CutShort end ->
                    ended(run, run.progress().incomplete(now, end.reason(), end.spent()));
            case RunEvent.Failed end ->
                    ended(run, run.progress().failed(now, end.error(), end.spent()));
            case RunEvent.CancelRequested(boolean waiting) -> cancelRequested(run, now, waiting);
            case RunEvent.Stopped stopped -> stopped(run, now, stopped.spent());
            case RunEvent.DeadlinePassed passed -> deadlinePassed(run, now, passed.spent());
            case RunEvent.Orphaned orphaned -> orphaned(run, now, orphaned);
            case RunEvent.ThreadDeleted(Usage spent) -> threadDeleted(run, now, spent);
            case RunEvent.MetadataChanged changed -> metadataChanged(run, changed);
        };
    }

    private static Decision started(Run run, long now) {
        return switch (run.status()) {
            case QUEUED -> move(run, run.progress().inProgress(now), ANNOUNCE);
            case IN_PROGRESS,
                    REQUIRES_ACTION,
                    CANCELLING,
                    CANCELLED,
                    FAILED,
                    COMPLETED,
                    INCOMPLETE,
                    EXPIRED ->
                    ignore(run, "started");
        };
    }

    private static Decision functionsCalled(Run run, RunEvent.FunctionsCalled called) {
        return switch (run.status()) {
            case IN_PROGRESS ->
                    move(
                            run,
                            run.progress().requiresAction(RequiredAction.outputsOf(called.calls())),
                            ANNOUNCE);
            case QUEUED,
                    REQUIRES_ACTION,
                    CANCELLING,
                    CANCELLED,
                    FAILED,
                    COMPLETED,
                    INCOMPLETE,
                    EXPIRED ->
                    ignore(run, "functions called");
        };
    }

    private static Decision outputsSubmitted(Run run, RunEvent.OutputsSubmitted submitted) {
        return switch (run.status()) {
            case REQUIRES_ACTION -> {
                List<String> expected =
                        run.requiredAction() == null ? List.of() : run.requiredAction().callIds();
                yield sameIds(expected, submitted.callIds())
                        ? move(run, run.progress().queuedAgain(), ANNOUNCE, REQUEST)
                        : new Refuse(
                                "Expected tool outputs for call_ids %s, got %s"
                                        .formatted(listed(expected), listed(submitted.callIds())));
            }
            case QUEUED,
                    IN_PROGRESS,
                    CANCELLING,
                    CANCELLED,
                    FAILED,
                    COMPLETED,
                    INCOMPLETE,
                    EXPIRED ->
                    new Refuse(
                            "Runs in status \"%s\" do not accept tool outputs."
                                    .formatted(run.status().wire()));
        };
    }

    /** The work has ended. A concurrent cancellation has no effect then, as on the original. */
    private static Decision ended(Run run, RunProgress end) {
        return switch (run.status()) {
            case IN_PROGRESS, CANCELLING -> move(run, end, ANNOUNCE);
            case QUEUED, REQUIRES_ACTION, CANCELLED, FAILED, COMPLETED, INCOMPLETE, EXPIRED ->
                    ignore(run, end.status().wire());
        };
    }

    /**
     * A run that waits for the runs before it on its thread has no work to stop, so it is cancelled
     * at once.
     */
    private static Decision cancelRequested(Run run, long now, boolean waiting) {
        return switch (run.status()) {
            case QUEUED ->
                    waiting
                            ? move(run, run.progress().cancelled(now, Usage.NONE), ANNOUNCE)
                            : move(run, run.progress().cancelling(), ANNOUNCE, STOP_WORK);
            case IN_PROGRESS, REQUIRES_ACTION ->
                    move(run, run.progress().cancelling(), ANNOUNCE, STOP_WORK);
            case CANCELLING, CANCELLED, FAILED, COMPLETED, INCOMPLETE, EXPIRED ->
                    new Refuse(
                            "Cannot cancel run with status '%s'.".formatted(run.status().wire()));
        };
    }

    private static Decision stopped(Run run, long now, Usage spent) {
        return switch (run.status()) {
            case CANCELLING -> move(run, run.progress().cancelled(now, spent), ANNOUNCE);
            case QUEUED,
                    IN_PROGRESS,
                    REQUIRES_ACTION,
                    CANCELLED,
                    FAILED,
                    COMPLETED,
                    INCOMPLETE,
                    EXPIRED ->
                    ignore(run, "stopped");
        };
    }

    private static Decision deadlinePassed(Run run, long now, Usage spent) {
        return switch (run.status()) {
            case QUEUED, IN_PROGRESS, REQUIRES_ACTION ->
                    run.expiresAt() != null && now >= run.expiresAt()
                            ? move(run, run.progress().expired(spent), ANNOUNCE, STOP_WORK)
                            : ignore(run, "deadline ahead");
            // The run ends as cancelled and not as expired, because its client has requested that.
            case CANCELLING ->
                    run.expiresAt() != null && now >= run.expiresAt()
                            ? move(run, run.progress().cancelled(now, spent), ANNOUNCE, STOP_WORK)
                            : ignore(run, "deadline ahead");
            case CANCELLED, FAILED, COMPLETED, INCOMPLETE, EXPIRED ->
                    ignore(run, "deadline passed");
        };
    }

    private static Decision orphaned(Run run, long now, RunEvent.Orphaned orphaned) {
        boolean again = orphaned.deaths() <= MOST_DEATHS;
        return switch (run.status()) {
            case IN_PROGRESS ->
                    again
                            ? new Move(run, List.of(REQUEST))
                            : move(
                                    run,
                                    run.progress()
                                            .failed(
                                                    now,
                                                    RunError.brokenWorkers(),
                                                    orphaned.spent()),
                                    ANNOUNCE);
            case CANCELLING ->
                    again
                            ? new Move(run, List.of(REQUEST))
                            : move(run, run.progress().cancelled(now, orphaned.spent()), ANNOUNCE);
            case QUEUED, REQUIRES_ACTION, CANCELLED, FAILED, COMPLETED, INCOMPLETE, EXPIRED ->
                    ignore(run, "orphaned");
        };
    }

    /** The run is deleted with its thread; subscribers and workers are informed of its end. */
    private static Decision threadDeleted(Run run, long now, Usage spent) {
        return switch (run.status()) {
            case QUEUED, IN_PROGRESS, REQUIRES_ACTION, CANCELLING ->
                    move(run, run.progress().cancelled(now, spent), ANNOUNCE, STOP_WORK);
            case CANCELLED, FAILED, COMPLETED, INCOMPLETE, EXPIRED -> ignore(run, "thread deleted");
        };
    }

    private static Decision metadataChanged(Run run, RunEvent.MetadataChanged changed) {
        return run.status().isActive()
                ? new Refuse("Cannot update run with status '%s'.".formatted(run.status().wire()))
                : new Move(run.withMetadata(changed.metadata()), List.of(ANNOUNCE));
    }

    private static boolean sameIds(List<String> expected, List<String> got) {
        return expected.size() == got.size()
                && expected.containsAll(got)
                && got.containsAll(expected);
    }

    /** The ids in the format of a Python list, as in the original's error message. */
    private static String listed(List<String> ids) {
        return ids.stream()
                .collect(
                        Collectors.joining(
                                "', '", ids.isEmpty() ? "[" : "['", ids.isEmpty() ? "]" : "']"));
    }

    private static Move move(Run run, RunProgress next, Effect... effects) {
        return new Move(run.with(next), List.of(effects));
    }

    private static Ignore ignore(Run run, String what) {
        return new Ignore(what + " meets a run that is " + run.status().wire());
    }
}
