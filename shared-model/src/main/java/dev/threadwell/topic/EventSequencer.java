package dev.threadwell.topic;

import dev.threadwell.run.Epoch;

/**
 * Puts the events of one run back into their order, as every reader of {@code run.stream} has to:
 * what an older epoch wrote behind a newer one does not count, what comes twice counts once, and an
 * event that comes ahead of its turn does not count either, because its writer sends it again
 * behind what is missing.
 *
 * <p>Events can be lost for good, for example when a worker gave up on a broker that was away for
 * too long. That shows when the next epoch begins although the epoch before was not closed. From
 * then on nothing counts any more.
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

    /** Of events from this epoch on, from the first event of whoever writes next. */
    public static EventSequencer from(int epoch) {
        return new EventSequencer(epoch, 0);
    }

    /** Of the events of whoever claims a run next that has this epoch. */
    public static EventSequencer behindEpoch(int epoch) {
        return from(Epoch.after(epoch));
    }

    /** Of events behind this one. */
    public static EventSequencer behind(StreamEvent event) {
        EventSequencer order =
                new EventSequencer(event.epoch(), event.isNumbered() ? event.index() : 0);
        order.admits(event);
        return order;
    }

    /** Of events from an unknown place on: the first one that comes is taken as it is. */
    public static EventSequencer fromAnywhere() {
        return new EventSequencer(0, ANY);
    }

    /** Whether the event is the next one. */
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

    /** Whether events are missing that will not come any more. */
    public boolean hasLost() {
        return lost;
    }
}
