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
 * A run with what the store keeps beside its document.
 *
 * @param version counts the changes of the row; a write names the one it was decided on
 * @param epoch counts the claims, by the rule of {@link Epoch}; a worker's write names its own
 * @param worker who holds the run, if anybody does
 * @param stream the partition of {@code run.stream} that its events go to, while it is streamed
 * @param spent tokens of the turns so far
 * @param contents whether its streams show the content of what file search found
 * @param waiting whether another run still holds the thread
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
        boolean waiting) {

    static final String COLUMNS =
            "r.project_id, r.document::text as document, r.version, r.epoch, r.worker, r.stream,"
                    + " r.spent::text as spent, r.contents, r.waiting";

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
                row.getBoolean("waiting"));
    }

    /** A run that is written for the first time. */
    public static RunRow created(String projectId, Run run, @Nullable Integer stream) {
        return new RunRow(
                projectId, run, 0, Epoch.UNCLAIMED, null, stream, Usage.NONE, false, false);
    }

    /** The row with the content of what file search found in its streams. */
    public RunRow withContents(boolean wanted) {
        return new RunRow(projectId, run, version, epoch, worker, stream, spent, wanted, waiting);
    }

    /** A step of this run as its streams show it. */
    public RunStep shown(RunStep step) {
        return step.shown(contents);
    }

    /** The fact by which a worker learns of this row. */
    public RunRequested requested() {
        return new RunRequested(projectId, run, version, epoch, stream, spent, contents);
    }

    /** The row that a request was written with. */
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
                false);
    }

    /** The row as this worker claims it. */
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
                false);
    }

    /** The row after its next write; whatever happens to a run that waits ends its waiting. */
    public RunRow next(Run changed, @Nullable String holder) {
        return new RunRow(
                projectId, changed, version + 1, epoch, holder, stream, spent, contents, false);
    }

    /** The row as it is written when another run holds the thread. */
    RunRow behindOthers() {
        return new RunRow(projectId, run, version, epoch, worker, stream, spent, contents, true);
    }

    /** Whether the row after this write leaves the thread to the next. */
    boolean freesThread(RunRow after) {
        return !waiting && run.status().isActive() && !after.run().status().isActive();
    }

    /** The row with its events going elsewhere. */
    public RunRow streamedOn(@Nullable Integer partition) {
        return new RunRow(
                projectId, run, version, epoch, worker, partition, spent, contents, waiting);
    }

    /** The row with more tokens spent. */
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
                waiting);
    }

    /** The row with exactly these tokens spent, which its holder knows better than the store. */
    RunRow spendingOnly(Usage all) {
        return new RunRow(projectId, run, version, epoch, worker, stream, all, contents, waiting);
    }

    /** The row that nobody holds, under a new epoch: nothing that its holder writes counts. */
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
                waiting);
    }

    /**
     * The row as whoever moves it without having claimed it leaves it, so that its events count.
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
                waiting);
    }

    /** Who this run is. */
    public RunKey key() {
        return new RunKey(projectId, run.threadId(), run.id());
    }
}
