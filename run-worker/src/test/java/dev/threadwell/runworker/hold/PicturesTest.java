package dev.threadwell.runworker.hold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.blob.BlobStore;
import dev.threadwell.file.FileObject;
import dev.threadwell.file.Purpose;
import dev.threadwell.runworker.Samples;
import dev.threadwell.runworker.turn.Picture;
import dev.threadwell.store.Conversation.Entry;
import dev.threadwell.store.FileStore;
import dev.threadwell.store.StoredFile;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.MessageContent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PicturesTest {

    private static final byte[] GIF = {'G', 'I', 'F', '8', '9', 'a'};

    private final Map<String, byte[]> bytes = new HashMap<>();
    private final List<String> asked = new ArrayList<>();

    private final Pictures pictures =
            new Pictures(
                    new FileStore(null) {
                        @Override
                        public Uni<Map<String, StoredFile>> allForThread(
                                String threadId, Collection<String> ids) {
                            asked.addAll(ids);
                            Map<String, StoredFile> found = new HashMap<>();
                            ids.stream()
                                    .filter(bytes::containsKey)
                                    .forEach(id -> found.put(id, picture(id)));
                            return Uni.createFrom().item(found);
                        }
                    },
                    new InMemory(bytes),
                    World.config(10));

    @Test
    void theFilesThatUsersShowAreRead() {
        bytes.put("file-1", GIF);

        assertThat(of("file-1")).isEqualTo(Map.of("file-1", Picture.of(GIF).orElseThrow()));
    }

    @Test
    void whatIsGoneOrNoPictureIsLeftOut() {
        bytes.put("file-1", new byte[] {1, 2, 3});

        assertThat(of("file-1", "file-2")).isEmpty();
    }

    @Test
    void ofMoreThanGoesAlongTheNewestAreTaken() {
        bytes.put("file-1", gif(500));
        bytes.put("file-2", gif(500));
        bytes.put("file-3", gif(400));

        assertThat(of("file-1", "file-2", "file-3")).containsOnlyKeys("file-2", "file-3");
    }

    @Test
    void withoutPicturesNoFileIsLookedFor() {
        assertThat(of()).isEmpty();
        assertThat(asked).isEmpty();
    }

    private Map<String, Picture> of(String... shown) {
        List<Entry> conversation = new ArrayList<>();
        for (String file : shown) {
            conversation.add(
                    new Entry.Said(
                            Message.written(
                                    "msg_1",
                                    Samples.THREAD,
                                    Samples.NOW,
                                    "user",
                                    List.of(new MessageContent.ImageFile(Map.of("file_id", file))),
                                    List.of(),
                                    Map.of())));
        }
        return pictures.found(Samples.THREAD, conversation)
                .chain(pictures::read)
                .await()
                .atMost(World.LONG);
    }

    private StoredFile picture(String id) {
        return new StoredFile(
                FileObject.created(
                        id, Purpose.VISION, "crab", bytes.get(id).length, Samples.NOW, null),
                List.of(id + "-a", id + "-b"));
    }

    private static byte[] gif(int length) {
        byte[] gif = new byte[length];
        System.arraycopy(GIF, 0, gif, 0, GIF.length);
        return gif;
    }

    /** Each file in two blobs: what it is, and nothing. */
    private record InMemory(Map<String, byte[]> bytes) implements BlobStore {

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
}
