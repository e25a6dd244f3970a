package dev.threadwell.runworker.prompt;

import dev.threadwell.persistence.file.StoredFile;
import dev.threadwell.persistence.thread.ConversationStore.Entry;
import dev.threadwell.platform.blob.BlobReader;
import dev.threadwell.runworker.turn.ImagePart;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the uploaded images of a conversation; they are inlined, because a provider cannot fetch
 * them.
 */
@ApplicationScoped
public class UploadedImages {

    private final FileSource files;
    private final BlobReader blobs;
    private final PromptConfig config;

    @Inject
    public UploadedImages(FileSource files, BlobReader blobs, PromptConfig config) {
        this.files = files;
        this.blobs = blobs;
        this.config = config;
    }

    /** The files of the images of a conversation; the newest ones up to the size limit. */
    Uni<List<StoredFile>> found(String threadId, List<Entry> conversation) {
        List<String> shown = ImagePart.files(conversation).reversed();
        return shown.isEmpty()
                ? Uni.createFrom().item(List.of())
                : files.ofThread(threadId, shown).map(found -> withinLimit(shown, found));
    }

    private List<StoredFile> withinLimit(List<String> newestFirst, Map<String, StoredFile> found) {
        List<StoredFile> taken = new ArrayList<>();
        long left = config.pictureBytes();
        for (String id : newestFirst) {
            StoredFile file = found.get(id);
            if (file != null && file.file().bytes() <= left) {
                left -= file.file().bytes();
                taken.add(file);
            }
        }
        return taken;
    }

    /** The images in these files, by file id. */
    Uni<Map<String, ImagePart>> read(List<StoredFile> pictures) {
        return Multi.createFrom()
                .iterable(pictures)
                .onItem()
                .transformToUniAndConcatenate(
                        stored -> read(stored).map(bytes -> Map.entry(stored.file().id(), bytes)))
                .collect()
                .in(
                        HashMap::new,
                        (all, read) ->
                                ImagePart.of(read.getValue())
                                        .ifPresent(picture -> all.put(read.getKey(), picture)));
    }

    private Uni<byte[]> read(StoredFile stored) {
        return blobs.read(stored.blobs())
                .collect()
                .in(Buffer::buffer, Buffer::appendBuffer)
                .map(Buffer::getBytes);
    }
}
