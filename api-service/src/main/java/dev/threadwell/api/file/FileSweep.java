package dev.threadwell.api.file;

import dev.threadwell.store.Blobs;
import dev.threadwell.store.FileStore;
import dev.threadwell.store.UploadStore;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.jboss.logging.Logger;

/** Deletes expired files and uploads, and stored bytes that belong to nothing, periodically. */
@ApplicationScoped
public class FileSweep {

    private static final Logger LOG = Logger.getLogger(FileSweep.class);
    private static final int BATCH = 100;

    private final Vertx vertx;
    private final FileStore files;
    private final UploadStore uploads;
    private final Blobs blobs;
    private final FileConfig config;
    private volatile boolean stopped;

    @Inject
    FileSweep(Vertx vertx, FileStore files, UploadStore uploads, Blobs blobs, FileConfig config) {
        this.vertx = vertx;
        this.files = files;
        this.uploads = uploads;
        this.blobs = blobs;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        again(0);
    }

    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    /** One look; returns how much was found. A full batch says that there is more. */
    Uni<Integer> sweep() {
        return files.deleteExpired(BATCH)
                .chain(expired -> uploads.expireOverdue(BATCH).map(over -> expired + over))
                .chain(freed -> blobs.sweep(BATCH).map(swept -> Math.max(freed, swept)));
    }

    private void again(int found) {
        if (!stopped) {
            long pause = found >= BATCH ? 1 : config.sweepEvery().toMillis();
            vertx.setTimer(pause, timer -> sweep().subscribe().with(this::again, this::failed));
        }
    }

    private void failed(Throwable why) {
        if (!stopped) {
            LOG.warnf("files have to wait for their sweep reason=%s", why.getMessage());
        }
        again(0);
    }
}
