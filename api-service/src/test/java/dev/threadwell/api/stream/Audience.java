package dev.threadwell.api.stream;

import jakarta.enterprise.context.ApplicationScoped;

/** Tells a test whether somebody is listening to a run, which no client can see. */
@ApplicationScoped
public class Audience {

    private final RunSubscriptions listeners;

    Audience(RunSubscriptions listeners) {
        this.listeners = listeners;
    }

    public boolean listensTo(String runId) {
        return !listeners.of(runId).isEmpty();
    }
}
