package dev.threadwell.blob;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * Keeps bytes under ids. They come and go in pieces, each when the one before it is dealt with, so
 * that nothing is held in memory.
 */
public interface BlobStore {

    /**
     * Keeps these bytes; returns how many there were. They are there when all of them are, or not
     * at all: when the bytes fail, so does this, and nothing is left of them.
     */
    Uni<Long> write(String id, Multi<Buffer> bytes);

    /** The bytes with this id; fails when there are none. */
    Multi<Buffer> read(String id);

    /** Removes the bytes, and what an interrupted attempt to write them left; none is no error. */
    Uni<Void> delete(String id);

    /** The bytes with these ids, one after the other. */
    default Multi<Buffer> read(List<String> ids) {
        return Multi.createFrom().iterable(ids).onItem().transformToMultiAndConcatenate(this::read);
    }
}
