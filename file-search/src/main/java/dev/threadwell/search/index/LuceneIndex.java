package dev.threadwell.search.index;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Indexes in a directory of this process, one for each store; those that were used last are open.
 */
@ApplicationScoped
public class LuceneIndex implements ChunkIndex, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(LuceneIndex.class);

    private static final int OPEN = 16;

    /** So many stores are kept on disk; what is missing later is made again from the rows. */
    private static final int KEPT = 1_000;

    private final Path shared;
    private @Nullable OwnDirectory own;

    /** The open ones, the one that was used last at the end. */
    private final Map<String, Open> open = new LinkedHashMap<>(16, 0.75f, true);

    @Inject
    public LuceneIndex(
            @ConfigProperty(name = "threadwell.file-search.directory") Optional<String> directory) {
        this(
                directory
                        .map(Path::of)
                        .orElseGet(
                                () ->
                                        Path.of(
                                                System.getProperty("java.io.tmpdir"),
                                                "threadwell-file-search")));
    }

    public LuceneIndex(Path shared) {
        this.shared = shared;
    }

    private static final class Open {

        private final LuceneStore store;
        private int users;

        private Open(LuceneStore store) {
            this.store = store;
        }
    }

    @Override
    public <T> T with(String storeId, Work<T> work) throws IOException {
        Open used = take(storeId);
        try {
            return work.on(used.store);
        } finally {
            giveBack(used);
        }
    }

    private synchronized Open take(String storeId) throws IOException {
        Open known = open.get(storeId);
        if (known == null) {
            known = new Open(opened(directory(storeId)));
            open.put(storeId, known);
        }
        known.users++;
        return known;
    }

    private synchronized void giveBack(Open used) throws IOException {
        used.users--;
        var oldest = open.values().iterator();
        while (open.size() > OPEN && oldest.hasNext()) {
            Open candidate = oldest.next();
            if (candidate.users == 0) {
                oldest.remove();
                candidate.store.close();
            }
        }
    }

    private Path directory(String storeId) throws IOException {
        OwnDirectory claimed = own;
        if (claimed == null) {
            claimed = OwnDirectory.in(shared);
            own = claimed;
            removeOldest(claimed.path());
        }
        return claimed.path().resolve(storeId);
    }

    /** An index that cannot be opened, e.g. after a power cut, is lost and made again. */
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

    /** An index has no directories in it. */
    private static void delete(Path path) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(path);
    }

    @Override
    @PreDestroy
    public synchronized void close() throws IOException {
        for (Open each : open.values()) {
            each.store.close();
        }
        open.clear();
        if (own != null) {
            own.close();
            own = null;
        }
    }
}
