package dev.threadwell.topic;

import java.util.Set;

/**
 * One event of a streamed run: the record's key is the run's id, its value the event's JSON.
 *
 * @param epoch of the writer; readers drop what an older epoch writes after a newer one
 * @param index counts the events of the epoch from 0 on, so that a reader notices one that is
 *     missing and drops one that comes twice; {@link #UNNUMBERED} for an event that is not counted
 * @param name the event's name, e.g. {@code thread.message.delta}, or {@link #FENCE}
 * @param data JSON in UTF-8
 */
public record StreamEvent(String runId, int epoch, int index, String name, byte[] data) {

    /**
     * Not shown to clients. As the first event of an epoch: a worker took the run over, and nothing
     * of an earlier epoch counts from here on. As a later one: the epoch's writer has written
     * everything, and another writer may go on.
     */
    public static final String FENCE = "fence";

    private static final Set<String> LAST =
            Set.of(
                    "thread.run.requires_action",
                    "thread.run.completed",
                    "thread.run.failed",
                    "thread.run.cancelled",
                    "thread.run.expired",
                    "thread.run.incomplete",
                    "error");

    /** The index of events that their writer does not count, e.g. of an older version. */
    public static final int UNNUMBERED = -1;

    /** The record header with the name. */
    public static final String NAME_HEADER = "event";

    /** The record header with the epoch, in decimal. */
    public static final String EPOCH_HEADER = "epoch";

    /** The record header with the index, in decimal; without it the event is not numbered. */
    public static final String INDEX_HEADER = "index";

    /** An event that is not numbered. */
    public StreamEvent(String runId, int epoch, String name, byte[] data) {
        this(runId, epoch, UNNUMBERED, name, data);
    }

    /** Whether it is one of the counted events of its epoch. */
    public boolean isNumbered() {
        return index >= 0;
    }

    /** Whether a stream ends with an event of this name. */
    public static boolean isLast(String name) {
        return LAST.contains(name);
    }

    /** Whether it is the last event of a stream: the run has ended or waits for its client. */
    public boolean endsTurn() {
        return isLast(name);
    }

    /** Whether it is a mark for readers and nothing that clients see. */
    public boolean isFence() {
        return name.equals(FENCE);
    }
}
