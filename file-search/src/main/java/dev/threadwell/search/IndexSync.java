package dev.threadwell.search;

import dev.threadwell.persistence.vectorstore.ChunkIndexQueries;
import dev.threadwell.persistence.vectorstore.ChunkIndexQueries.Searchable;
import dev.threadwell.persistence.vectorstore.ChunkIndexQueries.Stays;
import dev.threadwell.search.index.ChunkIndex;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Synchronizes the index of a store with the database rows: adds missing chunks and removes deleted
 * ones.
 */
final class IndexSync {

    /** How much text is loaded from the database at once. */
    private static final long BYTES_AT_ONCE = 8 * 1024 * 1024;

    private static final int STAYS_AT_ONCE = 500;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** How long to wait for the lock; short, because the waiting threads are search threads. */
    private static final Duration TURN = Duration.ofSeconds(3);

    private final ChunkIndexQueries rows;

    IndexSync(ChunkIndexQueries rows) {
        this.rows = rows;
    }

    /**
     * Does nothing if nothing has changed. Only one thread at a time fills a store; the others wait
     * for it, for a limited time. The rows are read again under the lock, so that no thread removes
     * what another has just added.
     */
    void fill(String projectId, Stays known, ChunkIndex.OfStore index) throws IOException {
        if (index.fileVersions().equals(Set.of(known.all()))) {
            return;
        }
        locked(index.filling());
        try {
            for (Stays fileVersions :
                    got(rows.fileVersions(projectId, List.of(known.storeId()), null))) {
                fillNow(projectId, fileVersions, index);
            }
        } finally {
            index.filling().unlock();
        }
    }

    private static void locked(Lock filling) throws IOException {
        try {
            if (!filling.tryLock(TURN.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("the index is being filled");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private void fillNow(String projectId, Stays fileVersions, ChunkIndex.OfStore index)
            throws IOException {
        Set<Long> all = Set.of(fileVersions.all());
        List<Long> gone = index.fileVersions().stream().filter(s -> !all.contains(s)).toList();
        Long[] missing =
                all.stream().filter(s -> !index.fileVersions().contains(s)).toArray(Long[]::new);
        try {
            index.remove(gone);
            for (Long[] some : portions(projectId, fileVersions.storeId(), missing)) {
                put(projectId, fileVersions.storeId(), some, index);
            }
        } finally {
            // Keeps what was added, so that it need not be added again even if the rest failed.
            index.refresh();
        }
    }

    private void put(String projectId, String storeId, Long[] some, ChunkIndex.OfStore index)
            throws IOException {
        Map<Long, List<Searchable>> byFileVersion =
                got(rows.chunks(projectId, storeId, some)).stream()
                        .collect(
                                Collectors.groupingBy(
                                        Searchable::fileVersion,
                                        TreeMap::new,
                                        Collectors.toList()));
        for (Map.Entry<Long, List<Searchable>> fileVersion : byFileVersion.entrySet()) {
            index.put(fileVersion.getKey(), fileVersion.getValue());
        }
    }

    private List<Long[]> portions(String projectId, String storeId, Long[] missing) {
        List<Long[]> portions = new ArrayList<>();
        List<Long> portion = new ArrayList<>();
        long bytes = 0;
        if (missing.length == 0) {
            return portions;
        }
        for (Map.Entry<Long, Long> size : got(rows.sizes(projectId, storeId, missing)).entrySet()) {
            portion.add(size.getKey());
            bytes += size.getValue();
            if (bytes >= BYTES_AT_ONCE || portion.size() >= STAYS_AT_ONCE) {
                portions.add(portion.toArray(Long[]::new));
                portion.clear();
                bytes = 0;
            }
        }
        portions.add(portion.toArray(Long[]::new));
        return portions;
    }

    private static <T extends @Nullable Object> T got(Uni<T> answer) {
        return answer.await().atMost(PATIENCE);
    }
}
