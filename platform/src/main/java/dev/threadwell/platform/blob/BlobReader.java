package dev.threadwell.platform.blob;

import io.smallrye.mutiny.Multi;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * Port to blobs for those who only read them. Contents are streamed with back-pressure, so that no
 * blob is held in memory as a whole.
 */
public interface BlobReader {

    /** Reads a blob; fails if it is missing. */
    Multi<Buffer> read(String id);

    /** Reads several blobs as one concatenated stream. */
    default Multi<Buffer> read(List<String> ids) {
        return Multi.createFrom().iterable(ids).onItem().transformToMultiAndConcatenate(this::read);
    }
}
