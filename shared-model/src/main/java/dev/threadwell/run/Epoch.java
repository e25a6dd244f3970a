package dev.threadwell.run;

/**
 * The epochs of a run: numbers that say whose writes count. A worker writes under the epoch of its
 * claim, and readers and the store drop what comes from an older one.
 *
 * <p>Whoever takes a run over, takes it away from its worker, or ends it without having claimed it
 * does so under the next epoch. So the events of a claim that is still to come begin with the epoch
 * behind that of the row. The statement that claims runs counts in the same way, in SQL.
 */
public final class Epoch {

    /** The epoch of a run that nobody has claimed yet. */
    public static final int UNCLAIMED = 0;

    private Epoch() {}

    /** The epoch of the next claim, or of the next change by somebody who has no claim. */
    public static int after(int epoch) {
        return epoch + 1;
    }
}
