package dev.threadwell.api.stream;

import dev.threadwell.topic.StreamEvent;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Decides which of the news of a run belong into one client's stream of it. */
final class Transcript {

    private final boolean statesOnly;
    private final int partition;
    private final long behind;
    private int version;
    private int epoch;

    private Transcript(boolean statesOnly, int version, int epoch, int partition, long behind) {
        this.statesOnly = statesOnly;
        this.version = version;
        this.epoch = epoch;
        this.partition = partition;
        this.behind = behind;
    }

    /** Of events, from a row with this version and epoch on: its next claim has a newer epoch. */
    static Transcript ofEvents(int version, int epoch) {
        return new Transcript(false, version, epoch + 1, -1, -1);
    }

    /** Of events behind those that have been read back. */
    static Transcript resumed(int version, int epoch, int partition, long behind) {
        return new Transcript(false, version, epoch, partition, behind);
    }

    /** Of the run's states alone, because its events do not exist, or not all of them any more. */
    static Transcript ofStates(int version) {
        return new Transcript(true, version, 0, -1, -1);
    }

    /** The events to show for records that have been read back. */
    List<Frame> replay(List<StreamRecord> records) {
        return records.stream().map(this::admitted).filter(Objects::nonNull).toList();
    }

    /** The event to show for this record; null if it is none, or late, or known. */
    @Nullable Frame of(StreamRecord found) {
        boolean known = found.partition() == partition && found.offset() <= behind;
        return statesOnly || known ? null : admitted(found);
    }

    private @Nullable Frame admitted(StreamRecord found) {
        StreamEvent event = found.event();
        if (event.epoch() < epoch) {
            return null;
        }
        epoch = event.epoch();
        return event.name().equals(StreamEvent.FENCE) ? null : Frame.of(found);
    }

    /** Whether the announcement is news; an older one than the last may still be under way. */
    boolean isNews(Announcement announcement) {
        if (announcement.version() <= version) {
            return false;
        }
        version = announcement.version();
        return true;
    }

    /** Whether states are shown as they are announced. */
    boolean showsStates() {
        return statesOnly;
    }
}
