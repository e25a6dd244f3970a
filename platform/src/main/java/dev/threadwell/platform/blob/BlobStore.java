package dev.threadwell.platform.blob;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * Port to a store of blobs by id. Contents are streamed with back-pressure, so that no blob is held
 * in memory as a whole.
 */
public interface BlobStore {

    /**
     * Writes a blob atomically and returns its size; if the source fails, the write fails and
     * nothing remains.
     */
    Uni<Long> write(String id, Multi<Buffer> bytes);

    /** Reads a blob; fails if it is missing. */
    Multi<Buffer> read(String id);

    /** Deletes a blob and the remains of an interrupted write. Idempotent. */
    Uni<Void> delete(String id);

    /** Reads several blobs as one concatenated stream. */
    default Multi<Buffer> read(List<String> ids) {
        return Multi.createFrom().iterable(ids).onItem().transformToMultiAndConcatenate(this::read);
    }
}
