package dev.threadwell.platform.blob;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;

/** Port to a store of blobs by id. */
public interface BlobStore extends BlobReader {

    /**
     * Writes a blob atomically and returns its size; if the source fails, the write fails and
     * nothing remains.
     */
    Uni<Long> write(String id, Multi<Buffer> bytes);

    /** Deletes a blob and the remains of an interrupted write. Idempotent. */
    Uni<Void> delete(String id);
}
