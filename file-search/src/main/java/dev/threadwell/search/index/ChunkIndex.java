package dev.threadwell.search.index;

import dev.threadwell.persistence.vectorstore.ChunkIndexQueries.Searchable;
import dev.threadwell.vectorstore.Vectors;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/** A search index over the chunks of each vector store. Blocking. */
public interface ChunkIndex extends AutoCloseable {

    /** Runs an operation on the index of a store, which stays open meanwhile. */
    <T> T with(String storeId, Work<T> work) throws IOException;

    /** A page of the ids of indexed stores, in order: at most {@code most} after the given one. */
    List<String> stores(String after, int most) throws IOException;

    /** Deletes the index of a store, unless it is in use. */
    void drop(String storeId) throws IOException;

    @Override
    void close() throws IOException;

    /** An operation on the index of a store. */
    interface Work<T> {

        T on(OfStore index) throws IOException;
    }

    /**
     * The index of one store. It is keyed by file version: each attachment of a file to the store
     * has its own number.
     */
    interface OfStore {

        /** The lock to hold while filling the index. */
        Lock filling();

        /** The file versions whose chunks searches find. */
        Set<Long> fileVersions();

        /**
         * Adds the chunks of a file version, which counts as indexed when all of them are in.
         * Idempotent.
         */
        void put(long fileVersion, List<Searchable> chunks) throws IOException;

        /** Removes all chunks of these file versions. */
        void remove(Collection<Long> fileVersions) throws IOException;

        /** Makes additions and removals visible to searches. */
        void refresh() throws IOException;

        /**
         * The best matching chunks, by meaning and by words.
         *
         * @param meaning the query's vector; null to search by words only
         * @param only the file versions to search; null for all
         */
        List<Hit> search(String query, @Nullable Vectors meaning, @Nullable Set<Long> only)
                throws IOException;
    }

    /**
     * A chunk that was found.
     *
     * @param words between 0 and 1: how many of the query's words it contains, weighted by their
     *     rarity
     * @param meaning the cosine similarity to the query; null if the chunk has no vector of that
     *     model or is not among the nearest
     */
    record Hit(long fileVersion, int n, double words, @Nullable Double meaning) {}
}
