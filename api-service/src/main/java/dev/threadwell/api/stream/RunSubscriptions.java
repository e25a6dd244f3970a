package dev.threadwell.api.stream;

import dev.threadwell.api.entry.GracefulShutdown;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** The subscribers of this node, by the ids of their runs. */
@ApplicationScoped
class RunSubscriptions {

    private final ConcurrentHashMap<String, List<RunSubscriber>> byRun = new ConcurrentHashMap<>();
    private volatile boolean leaving;

    void add(String runId, RunSubscriber listener) {
        byRun.merge(
                runId,
                List.of(listener),
                (before, more) -> {
                    List<RunSubscriber> both = new ArrayList<>(before);
                    both.addAll(more);
                    return List.copyOf(both);
                });
        if (leaving) {
            listener.leaving();
        }
    }

    @SuppressWarnings("ReferenceEquality") // removes this very object, not an equal one
    void remove(String runId, RunSubscriber listener) {
        byRun.computeIfPresent(
                runId,
                (id, before) -> {
                    List<RunSubscriber> rest = before.stream().filter(l -> l != listener).toList();
                    return rest.isEmpty() ? null : rest;
                });
    }

    List<RunSubscriber> of(String runId) {
        return byRun.getOrDefault(runId, List.of());
    }

    /** Tells the subscribers that the node shuts down, so that long polls end. */
    void leave(@Observes @Priority(GracefulShutdown.BEGIN) ShutdownDelayInitiatedEvent event) {
        leaving = true;
        byRun.values().forEach(those -> those.forEach(RunSubscriber::leaving));
    }

    int runs() {
        return byRun.size();
    }
}
