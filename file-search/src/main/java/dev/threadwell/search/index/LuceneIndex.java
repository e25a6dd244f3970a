package dev.threadwell.search.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Lucene indexes in a directory of this process, one per store; the most recently used are open.
 */
public class LuceneIndex implements ChunkIndex {

    private static final Logger LOG = Logger.getLogger(LuceneIndex.class);

    private static final int OPEN = 16;

    /** The number of stores kept on disk; a removed index is rebuilt from the rows when needed. */
    private static final int KEPT = 1_000;

    private final Path shared;
    private @Nullable ExclusiveDirectory own;

    private final IndexCache<LuceneStore> stores =
            new IndexCache<>(OPEN, id -> opened(directory().resolve(id)), LuceneStore::close);

    public LuceneIndex(Path shared) {
        this.shared = shared;
    }

    @Override
    public <T> T with(String storeId, Work<T> work) throws IOException {
        return stores.with(storeId, work::on);
    }

    @Override
    public List<String> stores(String after, int most) throws IOException {
        try (Stream<Path> stores = Files.list(directory())) {
            return stores.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .filter(id -> id.compareTo(after) > 0)
                    .sorted()
                    .limit(most)
                    .toList();
        }
    }

    @Override
    public void drop(String storeId) throws IOException {
        stores.closed(storeId, () -> delete(directory().resolve(storeId)));
    }

    private synchronized Path directory() throws IOException {
        ExclusiveDirectory claimed = own;
        if (claimed == null) {
            claimed = ExclusiveDirectory.in(shared);
            own = claimed;
            removeOldest(claimed.path());
        }
        return claimed.path();
    }

    /**
     * An index that cannot be opened, for example after a power failure, is deleted and rebuilt.
     */
    private static LuceneStore opened(Path path) throws IOException {
        try {
            return new LuceneStore(path);
        } catch (IOException | IllegalArgumentException e) {
            LOG.warnf(e, "index is lost and made again directory=%s", path);
            delete(path);
            return new LuceneStore(path);
        }
    }

    private static void removeOldest(Path directory) throws IOException {
        try (Stream<Path> stores = Files.list(directory)) {
            var old =
                    stores.filter(Files::isDirectory)
                            .sorted((a, b) -> Long.compare(lastUse(b), lastUse(a)))
                            .skip(KEPT)
                            .toList();
            for (Path path : old) {
                delete(path);
            }
        }
    }

    private static long lastUse(Path path) {
        return path.toFile().lastModified();
    }

    /** An index contains no subdirectories. */
    private static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(path);
    }

    @Override
    public void close() throws IOException {
        stores.close();
        release();
    }

    private synchronized void release() throws IOException {
        if (own != null) {
            own.close();
            own = null;
        }
    }
}
