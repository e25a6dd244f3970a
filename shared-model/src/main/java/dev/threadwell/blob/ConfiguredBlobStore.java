package dev.threadwell.blob;

import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;

/** Makes the one store that the configuration names. */
@Singleton
public class ConfiguredBlobStore {

    @Produces
    @Singleton
    BlobStore blobStore(BlobConfig config, Vertx vertx) {
        return config.directory()
                .map(directory -> new DirectoryBlobStore(vertx, Path.of(directory)))
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "threadwell.blobs.directory says where files are kept, and"
                                                + " it is not set"));
    }
}
