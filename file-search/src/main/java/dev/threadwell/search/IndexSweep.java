package dev.threadwell.search;

import dev.threadwell.persistence.vectorstore.ChunkIndexQueries;
import dev.threadwell.platform.schedule.PeriodicJob;
import dev.threadwell.search.index.ChunkIndex;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes out of the index what is left of stores that are deleted: nobody searches them again. */
@ApplicationScoped
public class IndexSweep {

    private static final int BATCH = 1_000;
    private static final Duration PAUSE = Duration.ofMinutes(5);

    /** No store is called so. */
    private static final String FIRST = "";

    private final Vertx vertx;
    private final ChunkIndex index;
    private final ChunkIndexQueries rows;
    private @Nullable PeriodicJob job;

    /** The last store of the round before, or {@link #FIRST} when all have been looked at. */
    private volatile String last = FIRST;

    @Inject
    public IndexSweep(Vertx vertx, ChunkIndex index, ChunkIndexQueries rows) {
        this.vertx = vertx;
        this.index = index;
        this.rows = rows;
    }

    void start(@Observes StartupEvent event) {
        job = PeriodicJob.start(vertx, "drop indexes of deleted stores", PAUSE, this::goOn);
    }

    void stop(@Observes ShutdownEvent event) {
        if (job != null) {
            job.stop();
        }
    }

    /** Looks at the next stores, or at the first again after a failure; whether there are more. */
    private Uni<Boolean> goOn() {
        String after = last;
        last = FIRST;
        return sweep(after)
                .invoke(reached -> last = reached)
                .map(reached -> !FIRST.equals(reached));
    }

    /** Looks at the stores after this one; the last of them, or the first if there are no more. */
    Uni<String> sweep(String after) {
        return Uni.createFrom()
                .item(() -> stores(after))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .chain(
                        stores ->
                                rows.gone(stores)
                                        .emitOn(Infrastructure.getDefaultWorkerPool())
                                        .invoke(this::drop)
                                        .replaceWith(
                                                stores.size() < BATCH ? FIRST : stores.getLast()));
    }

    private List<String> stores(String after) {
        try {
            return index.stores(after, BATCH);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void drop(List<String> gone) {
        try {
            for (String store : gone) {
                index.drop(store);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
