package dev.threadwell.api.stream;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** Who waits for which run on this node. */
@ApplicationScoped
class RunListeners {

    private final ConcurrentHashMap<String, List<RunListener>> byRun = new ConcurrentHashMap<>();

    void add(String runId, RunListener listener) {
        byRun.merge(
                runId,
                List.of(listener),
                (before, more) -> {
                    List<RunListener> both = new ArrayList<>(before);
                    both.addAll(more);
                    return List.copyOf(both);
                });
    }

    @SuppressWarnings("ReferenceEquality") // one listener, not one like it
    void remove(String runId, RunListener listener) {
        byRun.computeIfPresent(
                runId,
                (id, before) -> {
                    List<RunListener> rest = before.stream().filter(l -> l != listener).toList();
                    return rest.isEmpty() ? null : rest;
                });
    }

    List<RunListener> of(String runId) {
        return byRun.getOrDefault(runId, List.of());
    }

    int runs() {
        return byRun.size();
    }
}
