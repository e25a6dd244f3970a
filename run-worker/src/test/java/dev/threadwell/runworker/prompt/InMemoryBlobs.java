package dev.threadwell.runworker.prompt;

import dev.threadwell.platform.blob.BlobStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/** A blob store in memory. Each file has two blobs: one with its contents and an empty one. */
public record InMemoryBlobs(Map<String, byte[]> bytes) implements BlobStore {

    @Override
    public Uni<Long> write(String id, Multi<Buffer> pieces) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Multi<Buffer> read(String id) {
        return id.endsWith("-b")
                ? Multi.createFrom().empty()
                : Multi.createFrom()
                        .item(Buffer.buffer(bytes.get(id.substring(0, id.length() - 2))));
    }

    @Override
    public Uni<Void> delete(String id) {
        throw new UnsupportedOperationException();
    }
}
