package dev.threadwell.api.file;

import dev.threadwell.persistence.file.BlobLedger;
import dev.threadwell.persistence.file.FileStore;
import dev.threadwell.persistence.file.UploadStore;
import dev.threadwell.platform.schedule.PeriodicJob;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** Deletes expired files and uploads, and stored bytes that belong to nothing, periodically. */
@ApplicationScoped
public class ExpiredFileCleanup {

    private static final int BATCH = 100;

    private final Vertx vertx;
    private final FileStore files;
    private final UploadStore uploads;
    private final BlobLedger blobs;
    private final FileConfig config;
    private @Nullable PeriodicJob job;

    @Inject
    ExpiredFileCleanup(
            Vertx vertx,
            FileStore files,
            UploadStore uploads,
            BlobLedger blobs,
            FileConfig config) {
        this.vertx = vertx;
        this.files = files;
        this.uploads = uploads;
        this.blobs = blobs;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        job =
                PeriodicJob.start(
                        vertx,
                        "end files and uploads",
                        config.sweepEvery(),
                        PeriodicJob.batches(BATCH, this::sweep));
    }

    void stop(@Observes ShutdownEvent event) {
        if (job != null) {
            job.stop();
        }
    }

    /** Deletes one batch; returns how much it found. A full batch means that there may be more. */
    Uni<Integer> sweep() {
        return files.deleteExpired(BATCH)
                .chain(expired -> uploads.expireOverdue(BATCH).map(over -> expired + over))
                .chain(freed -> blobs.sweep(BATCH).map(swept -> Math.max(freed, swept)));
    }
}
