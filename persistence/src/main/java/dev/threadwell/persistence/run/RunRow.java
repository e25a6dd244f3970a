package dev.threadwell.persistence.run;

import dev.threadwell.run.Epoch;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.Usage;
import dev.threadwell.topic.RunRequested;
import dev.threadwell.wire.Json;
import io.vertx.mutiny.sqlclient.Row;
import org.jspecify.annotations.Nullable;

/**
 * A run with the columns that are not part of its document.
 *
 * @param version counts the changes of the row; a write is conditional on the version that it was
 *     decided on
 * @param epoch counts the claims, by the rule of {@link Epoch}; a worker's write is conditional on
 *     the epoch of its claim
 * @param worker the worker that executes the run, if there is one
 * @param stream the partition of {@code run.stream} for its events, if it is streamed
 * @param spent the tokens of the turns so far
 * @param contents whether its streams include the content of file search results
 * @param waiting whether it waits until another run frees the thread
 * @param traceparent the context of the request that created the run, if that is traced: every turn
 *     of the run is a span below it
 */
public record RunRow(
        String projectId,
        Run run,
        int version,
        int epoch,
        @Nullable String worker,
        @Nullable Integer stream,
        Usage spent,
        boolean contents,
        boolean waiting,
        @Nullable String traceparent) {

    static final String COLUMNS =
            "r.project_id, r.document::text as document, r.version, r.epoch, r.worker, r.stream,"
                    + " r.spent::text as spent, r.contents, r.waiting, r.traceparent";

    static RunRow of(Row row) {
        return new RunRow(
                row.getString("project_id"),
                Json.read(row.getString("document"), Run.class),
                row.getInteger("version"),
                row.getInteger("epoch"),
                row.getString("worker"),
                row.getInteger("stream"),
                Json.read(row.getString("spent"), Usage.class),
                row.getBoolean("contents"),
                row.getBoolean("waiting"),
                row.getString("traceparent"));
    }

    /** The row of a new run. */
    public static RunRow created(String projectId, Run run, @Nullable Integer stream) {
        return new RunRow(
                projectId, run, 0, Epoch.UNCLAIMED, null, stream, Usage.NONE, false, false, null);
    }

    /** The row of a run that was requested in this context; null if that is not traced. */
    public RunRow tracedBy(@Nullable String context) {
        return context == null
                ? this
                : new RunRow(
                        projectId, run, version, epoch, worker, stream, spent, contents, waiting,
                        context);
    }

    /**
     * The row with this choice of whether its streams include the content of file search results.
     */
    public RunRow withContents(boolean wanted) {
        return new RunRow(
                projectId,
                run,
                version,
                epoch,
                worker,
                stream,
                spent,
                wanted,
                waiting,
                traceparent);
    }

    /** The step as the run's streams show it. */
    public RunStep shown(RunStep step) {
        return step.shown(contents);
    }

    /** The message that requests a worker for this row. */
    public RunRequested requested() {
        return new RunRequested(
                projectId, run, version, epoch, stream, spent, contents, traceparent);
    }

    /** The row at the time of this request. */
    public static RunRow of(RunRequested request) {
        return new RunRow(
                request.projectId(),
                request.run(),
                request.version(),
                request.epoch(),
                null,
                request.stream(),
                request.spent(),
                request.contents(),
                false,
                request.traceparent());
    }

    /** The row after this worker has claimed it. */
    public RunRow claimedBy(String claimer, Run changed) {
        return new RunRow(
                projectId,
                changed,
                version + 1,
                Epoch.after(epoch),
                claimer,
                stream,
                spent,
                contents,
                false,
                traceparent);
    }

    /** The row after its next write. Any change of a waiting run ends its waiting. */
    public RunRow next(Run changed, @Nullable String holder) {
        return new RunRow(
                projectId,
                changed,
                version + 1,
                epoch,
                holder,
                stream,
                spent,
                contents,
                false,
                traceparent);
    }

    /** The row as it is inserted if another run occupies the thread. */
    RunRow behindOthers() {
        return new RunRow(
                projectId, run, version, epoch, worker, stream, spent, contents, true, traceparent);
    }

    /** Whether this change frees the thread for the next run. */
    boolean freesThread(RunRow after) {
        return !waiting && run.status().isActive() && !after.run().status().isActive();
    }

    /** The row with another partition for its events. */
    public RunRow streamedOn(@Nullable Integer partition) {
        return new RunRow(
                projectId,
                run,
                version,
                epoch,
                worker,
                partition,
                spent,
                contents,
                waiting,
                traceparent);
    }

    /** The row with additional tokens. */
    public RunRow spending(Usage more) {
        return new RunRow(
                projectId,
                run,
                version,
                epoch,
                worker,
                stream,
                spent.plus(more),
                contents,
                waiting,
                traceparent);
    }

    /**
     * The row with this total of tokens, which the executing worker knows better than the store.
     */
    RunRow spendingOnly(Usage all) {
        return new RunRow(
                projectId,
                run,
                version,
                epoch,
                worker,
                stream,
                all,
                contents,
                waiting,
                traceparent);
    }

    /**
     * The row without a worker and under a new epoch, so that nothing its former worker writes
     * counts.
     */
    public RunRow released() {
        return new RunRow(
                projectId,
                run,
                version,
                Epoch.after(epoch),
                null,
                stream,
                spent,
                contents,
                waiting,
                traceparent);
    }

    /**
     * The row under a new epoch, for a change by a process that has not claimed the run, so that
     * the events of that change count.
     */
    public RunRow underNewEpoch() {
        return new RunRow(
                projectId,
                run,
                version,
                Epoch.after(epoch),
                worker,
                stream,
                spent,
                contents,
                waiting,
                traceparent);
    }

    /** The key of this run. */
    public RunKey key() {
        return new RunKey(projectId, run.threadId(), run.id());
    }
}
