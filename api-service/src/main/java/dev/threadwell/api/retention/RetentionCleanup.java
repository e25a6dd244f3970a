package dev.threadwell.api.retention;

import dev.threadwell.persistence.file.BlobLedger;
import dev.threadwell.persistence.file.FileStore;
import dev.threadwell.persistence.retention.RetentionStore;
import dev.threadwell.persistence.retention.RetentionStore.Candidate;
import dev.threadwell.persistence.retention.RetentionStore.Policy;
import dev.threadwell.persistence.run.ThreadDeletion;
import dev.threadwell.platform.schedule.PeriodicJob;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Deletes threads and files that are kept no longer by policy, in the way of a client's {@code
 * DELETE}, one transaction each. One node at a time walks through all of them, a page in each
 * round.
 */
@ApplicationScoped
class RetentionCleanup {

    private static final Logger LOG = Logger.getLogger(RetentionCleanup.class);

    private static final int PAGE = 100;

    private final Vertx vertx;
    private final RetentionStore store;
    private final ThreadDeletion threads;
    private final FileStore files;
    private final BlobLedger blobs;
    private final RetentionConfig config;
    private final String holder = UUID.randomUUID().toString();
    private final Deque<Walk> walks = new ArrayDeque<>();
    private @Nullable PeriodicJob job;

    @Inject
    RetentionCleanup(
            Vertx vertx,
            RetentionStore store,
            ThreadDeletion threads,
            FileStore files,
            BlobLedger blobs,
            RetentionConfig config) {
        this.vertx = vertx;
        this.store = store;
        this.threads = threads;
        this.files = files;
        this.blobs = blobs;
        this.config = config;
    }

    private enum Kind {
        THREAD,
        FILE
    }

    /** A walk through the threads or the files of a project, which has come to this number. */
    private record Walk(Kind kind, String project, Duration kept, long after) {

        Walk from(long number) {
            return new Walk(kind, project, kept, number);
        }
    }

    void start(@Observes StartupEvent event) {
        job =
                PeriodicJob.start(
                        vertx, "delete what is kept no longer", config.every(), this::round);
    }

    void stop(@Observes ShutdownEvent event) {
        if (job != null) {
            job.stop();
        }
    }

    /** Takes one page; returns whether pages are left. */
    Uni<Boolean> round() {
        return store.lease(holder, config.every())
                .chain(
                        held -> {
                            if (!held) {
                                walks.clear();
                                return Uni.createFrom().item(false);
                            }
                            return begun().chain(this::next);
                        });
    }

    private Uni<Void> begun() {
        if (!walks.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return store.policies()
                .invoke(all -> all.stream().flatMap(this::walks).forEach(walks::add))
                .replaceWithVoid();
    }

    private Stream<Walk> walks(Policy policy) {
        return Stream.of(
                        walk(Kind.THREAD, policy, policy.threads().or(config::threads)),
                        walk(Kind.FILE, policy, policy.files().or(config::files)))
                .flatMap(Optional::stream);
    }

    private static Optional<Walk> walk(Kind kind, Policy policy, Optional<Duration> kept) {
        return kept.map(time -> new Walk(kind, policy.projectId(), time, 0));
    }

    private Uni<Boolean> next() {
        Walk walk = walks.peek();
        if (walk == null) {
            return Uni.createFrom().item(false);
        }
        return page(walk)
                .call(page -> deleted(walk, page))
                .map(
                        page -> {
                            walks.poll();
                            if (page.size() == PAGE) {
                                walks.push(walk.from(page.getLast().number()));
                            }
                            return !walks.isEmpty();
                        });
    }

    private Uni<List<Candidate>> page(Walk walk) {
        return switch (walk.kind()) {
            case THREAD -> store.threads(walk.project(), walk.kept(), walk.after(), PAGE);
            case FILE ->
                    store.files(
                            walk.project(), walk.kept(), config.filePurposes(), walk.after(), PAGE);
        };
    }

    private Uni<Void> deleted(Walk walk, List<Candidate> page) {
        Function<Candidate, Uni<Boolean>> deletion =
                walk.kind() == Kind.THREAD
                        ? one -> threads.deleteUntouched(walk.project(), one.id(), one.seq())
                        : one -> deletedFile(walk.project(), one.id());
        Uni<Integer> all = Uni.createFrom().item(0);
        for (Candidate one : page) {
            if (one.over()) {
                all = all.chain(count -> deletion.apply(one).map(done -> done ? count + 1 : count));
            }
        }
        return all.invoke(
                        count -> {
                            if (count > 0) {
                                LOG.infof(
                                        "deleted by policy kind=%s projectId=%s count=%d",
                                        walk.kind(), walk.project(), count);
                            }
                        })
                .replaceWithVoid();
    }

    private Uni<Boolean> deletedFile(String project, String id) {
        return files.delete(project, id)
                .chain(
                        freed ->
                                freed == null
                                        ? Uni.createFrom().item(false)
                                        : blobs.drop(freed).replaceWith(true));
    }
}
