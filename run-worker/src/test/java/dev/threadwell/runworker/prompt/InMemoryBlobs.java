package dev.threadwell.runworker.prompt;

import dev.threadwell.platform.blob.BlobReader;
import io.smallrye.mutiny.Multi;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/** Blobs in memory. Each file has two blobs: one with its contents and an empty one. */
public record InMemoryBlobs(Map<String, byte[]> bytes) implements BlobReader {

    @Override
    public Multi<Buffer> read(String id) {
        return id.endsWith("-b")
                ? Multi.createFrom().empty()
                : Multi.createFrom()
                        .item(Buffer.buffer(bytes.get(id.substring(0, id.length() - 2))));
    }
}
