package dev.threadwell.platform.lease;

import io.smallrye.mutiny.Uni;

/** The lease of a periodic job that one process at a time does for the whole installation. */
public interface JobLease {

    /** Takes or renews the lease; false if another process holds it. */
    Uni<Boolean> held();

    /** Leaves the job to others at once. */
    Uni<Void> release();
}
