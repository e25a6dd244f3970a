package dev.threadwell.topic;

import org.jspecify.annotations.Nullable;

/**
 * One event of a streamed run: the record's key is the run's id, its value the event's JSON.
 *
 * @param epoch of the writer; readers drop what an older epoch writes after a newer one
 * @param index counts the events of the epoch from 0 on, so that a reader notices one that is
 *     missing and drops one that comes twice; {@link #UNNUMBERED} for an event that is not counted
 * @param name of a {@link StreamEventName}, or {@link #FENCE}; a later version may know more names
 * @param data JSON in UTF-8
 */
public record StreamEvent(String runId, int epoch, int index, String name, byte[] data) {

    /**
     * Not shown to clients. As the first event of an epoch: a worker took the run over, and nothing
     * of an earlier epoch counts from here on. As a later one: the epoch's writer has written
     * everything, and another writer may go on.
     */
    public static final String FENCE = "fence";

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

    /** Which event it is; null for a fence, and for one that this version does not know. */
    public @Nullable StreamEventName known() {
        return StreamEventName.find(name);
    }

    /** Whether it is the last event of a stream: the run has ended or waits for its client. */
    public boolean endsTurn() {
        return StreamEventName.endsStream(name);
    }

    /** Whether it is a mark for readers and nothing that clients see. */
    public boolean isFence() {
        return name.equals(FENCE);
    }
}
