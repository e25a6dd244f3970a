package dev.threadwell.topic;

import org.jspecify.annotations.Nullable;

/**
 * One event of a streamed run. The record's key is the run's id, its value the event's JSON.
 *
 * @param epoch the epoch of the writer; readers drop events of an older epoch after a newer one
 * @param index the number of the event in its epoch, from 0 on, with which readers detect missing
 *     events and drop duplicates; {@link #UNNUMBERED} for an event without a number
 * @param name the name of a {@link StreamEventName}, or {@link #FENCE}; a later version may have
 *     more names
 * @param data JSON in UTF-8
 */
public record StreamEvent(String runId, int epoch, int index, String name, byte[] data) {

    /**
     * A marker that is not shown to clients. As the first event of an epoch: a worker has taken the
     * run over, and events of earlier epochs are ignored from here on. As a later event: the writer
     * of the epoch has written all its events, and another writer may continue.
     */
    public static final String FENCE = "fence";

    /** The index of events without a number, e.g. those of an older version. */
    public static final int UNNUMBERED = -1;

    /** The record header with the name. */
    public static final String NAME_HEADER = "event";

    /** The record header with the epoch, in decimal. */
    public static final String EPOCH_HEADER = "epoch";

    /** The record header with the index, in decimal; without it the event is not numbered. */
    public static final String INDEX_HEADER = "index";

    /**
     * The epoch of passing events: it is older than any other, so that every reader that follows
     * the order of a run drops them.
     */
    private static final int PASSING = -1;

    /**
     * An event that is no part of the run's order: it is shown to those who listen at that moment,
     * may be lost, and is not read back.
     *
     * @param number the number of the event among those of its call, which rises
     */
    public static StreamEvent passing(String runId, int number, StreamEventName name, byte[] data) {
        return new StreamEvent(runId, PASSING, number, name.wire(), data);
    }

    /** Whether the event is no part of the run's order. */
    public boolean isPassing() {
        return epoch == PASSING;
    }

    /** Creates an event without a number. */
    public StreamEvent(String runId, int epoch, String name, byte[] data) {
        this(runId, epoch, UNNUMBERED, name, data);
    }

    /** Whether the event has a number in its epoch. */
    public boolean isNumbered() {
        return index >= 0;
    }

    /** The event's name; null for a fence, and for a name that this version does not know. */
    public @Nullable StreamEventName known() {
        return StreamEventName.find(name);
    }

    /** Whether a stream ends with this event: the run has ended or waits for its client. */
    public boolean endsTurn() {
        return StreamEventName.endsStream(name);
    }

    /** Whether this is a fence, which clients do not see. */
    public boolean isFence() {
        return name.equals(FENCE);
    }
}
