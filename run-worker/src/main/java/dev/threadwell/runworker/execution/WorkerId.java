package dev.threadwell.runworker.execution;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * The id under which this worker claims runs. It is new at every start, so that the runs of an
 * earlier process count as orphans.
 */
@ApplicationScoped
public class WorkerId {

    private final String id = "rw-" + UUID.randomUUID();

    /** The id as stored in the rows of claimed runs. */
    public String id() {
        return id;
    }
}
