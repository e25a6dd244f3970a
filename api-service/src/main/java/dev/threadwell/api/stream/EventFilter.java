package dev.threadwell.api.stream;

import dev.threadwell.platform.kafka.StreamRecord;
import dev.threadwell.topic.EventSequencer;
import dev.threadwell.topic.StreamEvent;
import dev.threadwell.topic.StreamEventName;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Filters the events of a run for one client's stream: drops late, repeated and already shown
 * events, and notices when events are missing.
 */
final class EventFilter {

    private static final long NONE = -1;

    private final boolean statesOnly;
    private final int partition;
    private final long behind;
    private final int turn;
    private final EventSequencer order;
    private int version;
    private long seen;
    private boolean behindStepDelta;
    private int passed = -1;

    private EventFilter(
            boolean statesOnly,
            int version,
            int turn,
            EventSequencer order,
            int partition,
            long behind,
            long seen) {
        this.statesOnly = statesOnly;
        this.version = version;
        this.turn = turn;
        this.order = order;
        this.partition = partition;
        this.behind = behind;
        this.seen = seen;
    }

    /** A filter for the events of the claims that follow a row with this version and epoch. */
    static EventFilter ofEvents(int version, int epoch) {
        return new EventFilter(
                false, version, epoch, EventSequencer.behindEpoch(epoch), -1, NONE, NONE);
    }

    /** The same for a stream that also replays the records of a partition up to this offset. */
    static EventFilter ofEvents(int version, int epoch, int partition, long behind) {
        return new EventFilter(
                false, version, epoch, EventSequencer.behindEpoch(epoch), partition, behind, NONE);
    }

    /** A filter for all events of a run, of which those up to this offset are replayed first. */
    static EventFilter ofWhole(int version, int partition, long behind) {
        return new EventFilter(false, version, 0, EventSequencer.from(0), partition, behind, NONE);
    }

    /**
     * A filter for the events after the last one that the client has seen; those up to an offset
     * are replayed first.
     *
     * @param last the event; null if it is no longer known
     * @param at the offset of the event
     */
    static EventFilter resumed(
            int version, @Nullable StreamRecord last, long at, int partition, long behind) {
        EventSequencer order =
                last == null ? EventSequencer.fromAnywhere() : EventSequencer.behind(last.event());
        return new EventFilter(false, version, 0, order, partition, behind, at);
    }

    /** A filter for the run's states alone, because its events do not exist or are incomplete. */
    static EventFilter ofStates(int version) {
        return new EventFilter(true, version, 0, EventSequencer.from(0), -1, NONE, NONE);
    }

    /** The events to show for replayed records. */
    List<SseEvent> replay(List<StreamRecord> records) {
        return records.stream().map(this::admitted).filter(Objects::nonNull).toList();
    }

    /** The event to show for this record; null if it is a fence, late, or already shown. */
    @Nullable SseEvent of(StreamRecord found) {
        boolean known = found.partition() == partition && found.offset() <= behind;
        return statesOnly || known ? null : admitted(found);
    }

    /** The same for a replayed record. */
    @Nullable SseEvent admitted(StreamRecord found) {
        StreamEvent event = found.event();
        if (!order.admits(event)) {
            return null;
        }
        seen = found.offset();
        if (event.isFence()) {
            return null;
        }
        behindStepDelta = event.known() == StreamEventName.STEP_DELTA;
        passed = -1;
        return SseEvent.of(found);
    }

    /**
     * Whether to show a passing event: only while a step of tool calls is open, and of each number
     * the first, because a call can be executed twice.
     */
    boolean passes(StreamEvent event) {
        if (statesOnly || !behindStepDelta || event.index() <= passed) {
            return false;
        }
        passed = event.index();
        return true;
    }

    /** Whether the announcement is newer than all before; announcements can arrive out of order. */
    boolean isNews(RunAnnouncement announcement) {
        if (announcement.version() <= version) {
            return false;
        }
        version = announcement.version();
        return true;
    }

    /** Whether the stream shows the run's states, as they are announced, instead of its events. */
    boolean showsStates() {
        return statesOnly;
    }

    /** Whether events are missing that will never arrive. */
    boolean hasHole() {
        return order.hasLost();
    }

    /**
     * Whether the client has seen this record or does not need it, because its stream began later.
     */
    boolean covers(StreamRecord found) {
        return found.offset() <= seen || found.event().epoch() <= turn;
    }

    /** The epoch after which this stream begins; 0 if it shows the run from its creation on. */
    int turn() {
        return turn;
    }
}
