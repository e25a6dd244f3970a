package dev.threadwell.platform.blob;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MultiHelper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.CopyOptions;
import io.vertx.core.file.FileSystem;
import io.vertx.core.file.OpenOptions;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Stores blobs as files in a directory, with a subdirectory per id prefix so that no directory
 * grows too large.
 */
public final class DirectoryBlobStore implements BlobStore {

    private static final int PIECE = 64 * 1024;
    private static final int BEGINNING = 2;
    private static final CopyOptions AT_ONCE =
            new CopyOptions().setAtomicMove(true).setReplaceExisting(true);

    private final Vertx vertx;
    private final FileSystem files;
    private final Path root;

    /** Creates a store in this directory, which itself is created on the first write. */
    public DirectoryBlobStore(Vertx vertx, Path root) {
        this.vertx = vertx;
        this.files = vertx.fileSystem();
        this.root = root.toAbsolutePath();
    }

    @Override
    public Uni<Long> write(String id, Multi<Buffer> bytes) {
        String unfinished = unfinished(id).toString();
        return uni(() -> files.mkdirs(directory(id).toString()))
                .chain(() -> uni(() -> files.open(unfinished, writing())))
                .chain(file -> written(file, bytes))
                .call(() -> uni(() -> files.move(unfinished, whole(id).toString(), AT_ONCE)))
                .call(() -> uni(() -> persisted(directory(id))))
                .onFailure()
                .call(() -> delete(id))
                .onCancellation()
                .call(() -> delete(id));
    }

    private static OpenOptions writing() {
        return new OpenOptions().setRead(false).setCreate(true).setTruncateExisting(true);
    }

    private static Uni<Long> written(AsyncFile file, Multi<Buffer> bytes) {
        return bytes.onItem()
                .transformToUniAndConcatenate(piece -> written(file, piece))
                .collect()
                .with(Collectors.summingLong(Integer::longValue))
                .call(() -> uni(file::flush))
                .onTermination()
                .call(() -> uni(file::close));
    }

    private static Uni<Integer> written(AsyncFile file, Buffer piece) {
        return uni(() -> file.write(piece)).replaceWith(piece.length());
    }

    /**
     * Syncs the directory, because a rename survives a power failure only after that. Blocking, so
     * it runs on a worker thread.
     */
    private Future<Void> persisted(Path directory) {
        return vertx.executeBlocking(
                () -> {
                    force(directory);
                    return null;
                },
                false);
    }

    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public Multi<Buffer> read(String id) {
        OpenOptions reading = new OpenOptions().setWrite(false).setCreate(false);
        return uni(() -> files.open(whole(id).toString(), reading))
                .onItem()
                .transformToMulti(DirectoryBlobStore::pieces);
    }

    private static Multi<Buffer> pieces(AsyncFile file) {
        return MultiHelper.toMulti(file.setReadBufferSize(PIECE))
                .onTermination()
                .call(() -> uni(file::close));
    }

    @Override
    public Uni<Void> delete(String id) {
        return deleted(unfinished(id)).chain(() -> deleted(whole(id)));
    }

    private Uni<Void> deleted(Path file) {
        return uni(() -> files.exists(file.toString()))
                .chain(
                        there ->
                                there
                                        ? uni(() -> files.delete(file.toString()))
                                        : Uni.createFrom().voidItem());
    }

    private Path directory(String id) {
        return root.resolve(id.substring(0, BEGINNING));
    }

    private Path whole(String id) {
        return directory(id).resolve(id);
    }

    private Path unfinished(String id) {
        return directory(id).resolve(id + ".unfinished");
    }

    private static <T> Uni<T> uni(Supplier<Future<T>> action) {
        return Uni.createFrom().completionStage(() -> action.get().toCompletionStage());
    }
}
