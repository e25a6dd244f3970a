package dev.threadwell.toolworker.codeinterpreter;

import dev.threadwell.file.FileObject;
import dev.threadwell.persistence.file.BlobLedger;
import dev.threadwell.persistence.file.FileStore;
import dev.threadwell.persistence.file.StoredFile;
import dev.threadwell.persistence.run.RunFileAccess;
import dev.threadwell.persistence.run.RunKey;
import dev.threadwell.platform.outbox.TransientFailures;
import dev.threadwell.toolworker.file.MadeFiles;
import dev.threadwell.topic.ToolRequested;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Stores file objects in the database and their bytes in the blob store. */
@ApplicationScoped
class StoredFileObjects implements FileObjects {

    private static final Duration TO_ANSWER = Duration.ofSeconds(30);
    private static final Duration TO_MOVE = Duration.ofMinutes(2);
    private static final int PIECES_AHEAD = 8;

    private final RunFileAccess runFiles;
    private final FileStore files;
    private final BlobLedger blobs;
    private final MadeFiles made;

    @Inject
    StoredFileObjects(RunFileAccess runFiles, FileStore files, BlobLedger blobs, MadeFiles made) {
        this.runFiles = runFiles;
        this.files = files;
        this.blobs = blobs;
        this.made = made;
    }

    private static <T extends @Nullable Object> T await(Uni<T> work) {
        return TransientFailures.retried(work, TO_ANSWER).await().atMost(TO_MOVE);
    }

    @Override
    public List<FileObject> of(ToolRequested call) {
        RunKey run = new RunKey(call.projectId(), call.threadId(), call.runId());
        List<String> ids =
                Objects.requireNonNullElse(await(runFiles.of(run)).codeFiles(), List.of());
        return await(files.all(call.projectId(), ids)).values().stream()
                .map(StoredFile::file)
                .toList();
    }

    @Override
    public void read(ToolRequested call, FileObject file, Taker taker) throws IOException {
        StoredFile stored = await(files.stored(call.projectId(), file.id()));
        if (stored == null) {
            throw new FileNotFoundException(file.id());
        }
        var pieces =
                blobs.read(stored.blobs())
                        .subscribe()
                        .asIterable(PIECES_AHEAD, LinkedBlockingQueue::new)
                        .iterator();
        taker.take(new BufferInputStream(pieces), file.bytes());
    }

    @Override
    public long bytesOfProject(ToolRequested call) {
        return made.bytesOfProject(call);
    }

    @Override
    public String make(ToolRequested call, String path, InputStream bytes) {
        return made.make(call, path, path, BufferStreams.of(bytes));
    }
}
