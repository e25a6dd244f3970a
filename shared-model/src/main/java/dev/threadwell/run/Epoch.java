package dev.threadwell.run;

/**
 * The epochs of a run, used as fencing tokens. A worker writes under the epoch of its claim;
 * readers and the store ignore writes of an older epoch.
 *
 * <p>Each claim, each release by another worker, and each end of a run without a claim increments
 * the epoch. So the events of the next claim have the epoch after that of the row. The SQL
 * statement that claims runs increments the epoch in the same way.
 */
public final class Epoch {

    /** The epoch of a run that no worker has claimed yet. */
    public static final int UNCLAIMED = 0;

    private Epoch() {}

    /** The epoch of the next claim, or of the next change without a claim. */
    public static int after(int epoch) {
        return epoch + 1;
    }
}
