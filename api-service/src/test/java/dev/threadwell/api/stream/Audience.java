package dev.threadwell.api.stream;

import jakarta.enterprise.context.ApplicationScoped;

/** Tells a test whether somebody is listening to a run, which no client can see. */
@ApplicationScoped
public class Audience {

    private final RunSubscriptions subscriptions;

    Audience(RunSubscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    public boolean listensTo(String runId) {
        return !subscriptions.of(runId).isEmpty();
    }
}
