package dev.threadwell.search.index;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** An LRU cache of open indexes; those in use are never closed. */
final class IndexCache<S extends ChunkIndex.OfStore> implements AutoCloseable {

    private final int most;
    private final Opening<S> opening;
    private final Closing<S> closing;

    /** In access order: the least recently used is first. */
    private final Map<String, Open<S>> open = new LinkedHashMap<>(16, 0.75f, true);

    IndexCache(int most, Opening<S> opening, Closing<S> closing) {
        this.most = most;
        this.opening = opening;
        this.closing = closing;
    }

    interface Opening<S> {

        S opened(String storeId) throws IOException;
    }

    interface Closed {

        void then() throws IOException;
    }

    interface Closing<S> {

        void close(S store) throws IOException;
    }

    /** An operation on the index of a store. */
    interface Use<S, T> {

        T of(S store) throws IOException;
    }

    private static final class Open<S> {

        private final S store;
        private int users;

        private Open(S store) {
            this.store = store;
        }
    }

    <T> T with(String storeId, Use<S, T> use) throws IOException {
        Open<S> used = take(storeId);
        try {
            return use.of(used.store);
        } finally {
            release(used);
        }
    }

    private synchronized Open<S> take(String storeId) throws IOException {
        Open<S> known = open.get(storeId);
        if (known == null) {
            known = new Open<>(opening.opened(storeId));
            open.put(storeId, known);
        }
        known.users++;
        return known;
    }

    private synchronized void release(Open<S> used) throws IOException {
        used.users--;
        var oldest = open.values().iterator();
        while (open.size() > most && oldest.hasNext()) {
            Open<S> candidate = oldest.next();
            if (candidate.users == 0) {
                oldest.remove();
                closing.close(candidate.store);
            }
        }
    }

    /**
     * Closes the index of a store and runs an action before it can be opened again; does nothing if
     * the index is in use.
     */
    synchronized void closed(String storeId, Closed closed) throws IOException {
        Open<S> known = open.get(storeId);
        if (known != null && known.users > 0) {
            return;
        }
        if (known != null) {
            open.remove(storeId);
            closing.close(known.store);
        }
        closed.then();
    }

    @Override
    public synchronized void close() throws IOException {
        for (Open<S> each : open.values()) {
            closing.close(each.store);
        }
        open.clear();
    }
}
