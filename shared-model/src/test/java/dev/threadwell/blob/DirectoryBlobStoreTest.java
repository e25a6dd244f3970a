package dev.threadwell.blob;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    @Override
    int kept() {
        try (var files = Files.walk(directory)) {
            return (int) files.filter(Files::isRegularFile).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
