package dev.threadwell.topic;

import dev.threadwell.run.Epoch;

/**
 * Filters the events of one run into a consistent order, as every reader of {@code run.stream} has
 * to: events of an older epoch after a newer one, duplicates and events that arrive too early are
 * dropped. A writer sends an event that arrived too early again after the missing ones.
 *
 * <p>Events can be lost for good, for example if the broker was unavailable for too long. This is
 * detected when the next epoch begins although the epoch before it was not closed. From then on all
 * events are dropped.
 */
public final class EventSequencer {

    private static final int ANY = -1;

    private int epoch;
    private int next;
    private boolean closed = true;
    private boolean lost;

    private EventSequencer(int epoch, int next) {
        this.epoch = epoch;
        this.next = next;
    }

    /** A sequencer for this and later epochs, from the first event of the next writer on. */
    public static EventSequencer from(int epoch) {
        return new EventSequencer(epoch, 0);
    }

    /** A sequencer for the events of the next claim of a run whose current epoch is this. */
    public static EventSequencer behindEpoch(int epoch) {
        return from(Epoch.after(epoch));
    }

    /** A sequencer for the events after this one. */
    public static EventSequencer behind(StreamEvent event) {
        EventSequencer order =
                new EventSequencer(event.epoch(), event.isNumbered() ? event.index() : 0);
        order.admits(event);
        return order;
    }

    /** A sequencer that starts anywhere: the first event is accepted as it is. */
    public static EventSequencer fromAnywhere() {
        return new EventSequencer(0, ANY);
    }

    /** Takes an event and returns whether readers accept it. */
    public boolean admits(StreamEvent event) {
        if (lost || event.epoch() < epoch) {
            return false;
        }
        if (next == ANY) {
            return begins(event, event.isNumbered() ? event.index() : 0);
        }
        if (event.epoch() > epoch) {
            return admitsNewEpoch(event);
        }
        if (!event.isNumbered()) {
            return closed || loses();
        }
        return event.index() == next && begins(event, next);
    }

    private boolean admitsNewEpoch(StreamEvent event) {
        if (event.isNumbered() && event.index() > 0) {
            return false;
        }
        boolean takesOver = event.isFence();
        return closed || takesOver ? begins(event, 0) : loses();
    }

    private boolean begins(StreamEvent event, int index) {
        epoch = event.epoch();
        if (event.isNumbered()) {
            closed = index > 0 && event.isFence() || event.endsTurn();
            next = index + 1;
        } else {
            closed = true;
            next = 0;
        }
        return true;
    }

    private boolean loses() {
        lost = true;
        return false;
    }

    /** Whether events have been lost for good. */
    public boolean hasLost() {
        return lost;
    }
}
