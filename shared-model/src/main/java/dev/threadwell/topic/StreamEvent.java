package dev.threadwell.topic;

/**
 * One event of a streamed run: the record's key is the run's id, its value the event's JSON.
 *
 * @param epoch of the writer; readers drop what an older epoch writes after a newer one
 * @param name the event's name, e.g. {@code thread.message.delta}, or {@link #FENCE}
 * @param data JSON in UTF-8
 */
public record StreamEvent(String runId, int epoch, String name, byte[] data) {

    /** A worker took the run over: nothing of an earlier epoch counts from here on. */
    public static final String FENCE = "fence";

    /** The record header with the name. */
    public static final String NAME_HEADER = "event";

    /** The record header with the epoch, in decimal. */
    public static final String EPOCH_HEADER = "epoch";
}
