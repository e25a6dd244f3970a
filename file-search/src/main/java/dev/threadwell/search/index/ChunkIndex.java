package dev.threadwell.search.index;

import dev.threadwell.store.ChunkRows.Searchable;
import dev.threadwell.vectorstore.Vectors;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/** An index of the chunks of each store. Blocks. */
public interface ChunkIndex extends AutoCloseable {

    /** Works with the index of a store; it stays open while this does. */
    <T> T with(String storeId, Work<T> work) throws IOException;

    /** The stores that it has anything of, in their order; so many after this one. */
    List<String> stores(String after, int most) throws IOException;

    /** Takes out all that it has of a store, unless that is being searched. */
    void drop(String storeId) throws IOException;

    @Override
    void close() throws IOException;

    /** Something that is done with the index of a store. */
    interface Work<T> {

        T on(OfStore index) throws IOException;
    }

    /** The index of one store. */
    interface OfStore {

        /** Is held by the one who fills it. */
        Lock filling();

        /** The stays of files whose chunks searches find. */
        Set<Long> stays();

        /**
         * Takes in the chunks of this stay, which counts as one of the stays when all of them are
         * in. Twice is as good as once.
         */
        void put(long stay, List<Searchable> chunks) throws IOException;

        /** Takes out all chunks of these stays. */
        void remove(Collection<Long> stays) throws IOException;

        /** What was put in and taken out is seen by searches from now on. */
        void refresh() throws IOException;

        /**
         * The chunks that answer best, by meaning and by words.
         *
         * @param meaning where the answer lies; null if only words count
         * @param only null if every stay can be found
         */
        List<Hit> search(String query, @Nullable Vectors meaning, @Nullable Set<Long> only)
                throws IOException;
    }

    /**
     * A chunk that was found.
     *
     * @param words between 0 and 1: how many of the query's words it has, and how rare they are
     * @param meaning the cosine of the angle between it and the query; null if it has no vector of
     *     that model, or is not among the nearest
     */
    record Hit(long stay, int n, double words, @Nullable Double meaning) {}
}
