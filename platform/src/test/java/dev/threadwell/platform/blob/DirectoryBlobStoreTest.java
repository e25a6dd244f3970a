package dev.threadwell.platform.blob;

import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class DirectoryBlobStoreTest extends BlobStoreRules {

    @TempDir Path directory;
    private DirectoryBlobStore store;

    @BeforeEach
    void open() {
        store = new DirectoryBlobStore(vertx, directory);
    }

    @Override
    BlobStore store() {
        return store;
    }

    /** Counts names only, because a file may disappear meanwhile. */
    @Override
    int kept() {
        return Stream.of(Objects.requireNonNull(directory.toFile().listFiles()))
                .mapToInt(beginning -> Objects.requireNonNull(beginning.list()).length)
                .sum();
    }
}
