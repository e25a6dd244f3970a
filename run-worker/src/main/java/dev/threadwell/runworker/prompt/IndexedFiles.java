package dev.threadwell.runworker.prompt;

import dev.threadwell.assistant.Tool;
import dev.threadwell.persistence.run.RunRow;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Delays a run with file search until the files of its thread's vector store are indexed, at most
 * until one minute after the run's creation (contract 3), also across a failover. One periodic
 * query checks all waiting runs.
 */
@ApplicationScoped
public class IndexedFiles {

    private static final Logger LOG = Logger.getLogger(IndexedFiles.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Vertx vertx;
    private final FileSource files;
    private final InstantSource clock;
    private final List<Waiting> waiting = new ArrayList<>();

    @Inject
    public IndexedFiles(Vertx vertx, FileSource files, InstantSource clock) {
        this.vertx = vertx;
        this.files = files;
        this.clock = clock;
    }

    private record Waiting(String runId, long until, UniEmitter<? super Boolean> emitter) {}

    /** Completes when the run's files can be searched, or after the timeout. */
    public Uni<Boolean> awaited(RunRow row) {
        long until = row.run().createdAt() + PATIENCE.toSeconds();
        String id = row.run().id();
        if (row.run().tools().stream().noneMatch(Tool.FileSearch.class::isInstance)
                || now() >= until) {
            return Uni.createFrom().item(true);
        }
        return files.beingIndexed(Set.of(id))
                .chain(
                        unready ->
                                unready.isEmpty()
                                        ? Uni.createFrom().item(true)
                                        : Uni.createFrom()
                                                .emitter(e -> add(new Waiting(id, until, e))));
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }

    private void add(Waiting run) {
        boolean first;
        synchronized (this) {
            first = waiting.isEmpty();
            waiting.add(run);
        }
        if (first) {
            checkSoon();
        }
    }

    private void checkSoon() {
        vertx.setTimer(PAUSE.toMillis(), timer -> check());
    }

    private void check() {
        Set<String> runs = new HashSet<>();
        synchronized (this) {
            waiting.forEach(run -> runs.add(run.runId()));
        }
        var _ =
                files.beingIndexed(runs)
                        .onFailure()
                        .invoke(
                                e ->
                                        LOG.warnf(
                                                "check for indexed files failed reason=%s",
                                                e.getMessage()))
                        .onFailure()
                        .recoverWithItem(runs)
                        .subscribe()
                        .with(unready -> completeReady(runs, unready));
    }

    /**
     * Completes the runs that are ready; those that were added during the query are checked by the
     * next one.
     */
    private void completeReady(Set<String> checked, Set<String> unready) {
        List<Waiting> done = new ArrayList<>();
        boolean more;
        synchronized (this) {
            for (Waiting run : waiting) {
                boolean ready = checked.contains(run.runId()) && !unready.contains(run.runId());
                if (ready || now() >= run.until()) {
                    done.add(run);
                }
            }
            waiting.removeAll(done);
            more = !waiting.isEmpty();
        }
        done.forEach(run -> run.emitter().complete(true));
        if (more) {
            checkSoon();
        }
    }
}
