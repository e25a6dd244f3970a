package dev.threadwell.runworker.hold;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** This worker's name, new with every start: what an earlier process held is an orphan's. */
@ApplicationScoped
public class Worker {

    private final String id = "rw-" + UUID.randomUUID();

    /** The name under which runs are claimed. */
    public String id() {
        return id;
    }
}
