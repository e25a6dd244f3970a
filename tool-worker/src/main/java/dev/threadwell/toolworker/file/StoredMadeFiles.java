package dev.threadwell.toolworker.file;

import dev.threadwell.file.FileObject;
import dev.threadwell.file.Purpose;
import dev.threadwell.persistence.file.BlobLedger;
import dev.threadwell.persistence.file.FileStore;
import dev.threadwell.platform.outbox.TransientFailures;
import dev.threadwell.run.Ids;
import dev.threadwell.topic.ToolRequested;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stores the file objects that calls make: their bytes in the blob store, the rest in the database.
 */
@ApplicationScoped
class StoredMadeFiles implements MadeFiles {

    private static final Duration TO_ANSWER = Duration.ofSeconds(30);
    private static final Duration TO_MOVE = Duration.ofMinutes(2);

    private final FileStore files;
    private final BlobLedger blobs;
    private final InstantSource clock;

    @Inject
    StoredMadeFiles(FileStore files, BlobLedger blobs, InstantSource clock) {
        this.files = files;
        this.blobs = blobs;
        this.clock = clock;
    }

    @Override
    public String make(ToolRequested call, String key, String filename, Multi<Buffer> bytes) {
        BlobLedger.Kept kept = blobs.keep(bytes).await().atMost(TO_MOVE);
        FileObject file =
                FileObject.created(
                        id(call, key),
                        Purpose.ASSISTANTS_OUTPUT,
                        filename,
                        kept.bytes(),
                        clock.instant().getEpochSecond(),
                        null);
        if (!await(files.createOnce(call.projectId(), file, List.of(kept.id())))) {
            await(blobs.drop(List.of(kept.id())));
        }
        return file.id();
    }

    @Override
    public List<String> madeBefore(ToolRequested call, List<String> keys) {
        List<String> ids = keys.stream().map(key -> id(call, key)).toList();
        Set<String> existing = await(files.all(call.projectId(), ids)).keySet();
        return ids.stream().filter(existing::contains).toList();
    }

    @Override
    public long bytesOfProject(ToolRequested call) {
        return await(files.bytes(call.projectId()));
    }

    private static String id(ToolRequested call, String key) {
        return Ids.file(List.of(call.runId(), call.stepId(), call.callId(), key));
    }

    private static <T extends @Nullable Object> T await(Uni<T> work) {
        return TransientFailures.retried(work, TO_ANSWER).await().atMost(TO_MOVE);
    }
}
