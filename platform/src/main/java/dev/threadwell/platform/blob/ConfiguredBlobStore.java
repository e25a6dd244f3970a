package dev.threadwell.platform.blob;

import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;

/** Produces the blob store that the configuration selects. */
@Singleton
public class ConfiguredBlobStore {

    @Produces
    @Singleton
    BlobStore blobStore(BlobConfig config, Vertx vertx) {
        Optional<String> bucket = config.s3().bucket();
        if (bucket.isPresent() && config.directory().isPresent()) {
            throw new IllegalStateException(
                    "threadwell.blobs.directory and threadwell.blobs.s3.bucket are both set: files"
                            + " are kept in one place");
        }
        return bucket.<BlobStore>map(name -> new S3BlobStore(vertx, config.s3(), name))
                .orElseGet(() -> directory(config, vertx));
    }

    private static BlobStore directory(BlobConfig config, Vertx vertx) {
        return config.directory()
                .map(directory -> new DirectoryBlobStore(vertx, Path.of(directory)))
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "threadwell.blobs.directory or threadwell.blobs.s3.bucket"
                                                + " says where files are kept, and none is set"));
    }

    void close(@Disposes BlobStore store) throws Exception {
        if (store instanceof AutoCloseable open) {
            open.close();
        }
    }
}
