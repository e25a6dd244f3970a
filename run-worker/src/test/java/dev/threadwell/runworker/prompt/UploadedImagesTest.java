package dev.threadwell.runworker.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.file.FileObject;
import dev.threadwell.file.Purpose;
import dev.threadwell.persistence.file.StoredFile;
import dev.threadwell.persistence.thread.ConversationStore.Entry;
import dev.threadwell.runworker.Samples;
import dev.threadwell.runworker.turn.ImagePart;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.MessageContent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Uploaded images become part of the prompt. */
class UploadedImagesTest {

    private static final byte[] GIF = {'G', 'I', 'F', '8', '9', 'a'};

    private static final Duration LONG = Duration.ofMinutes(1);

    private final Map<String, byte[]> bytes = new HashMap<>();
    private final InMemoryFiles files = new InMemoryFiles();

    private final UploadedImages pictures =
            new UploadedImages(files, new InMemoryBlobs(bytes), new SmallPrompts());

    @Test
    void theFilesThatUsersShowAreRead() {
        upload("file-1", GIF);

        assertThat(of("file-1")).isEqualTo(Map.of("file-1", ImagePart.of(GIF).orElseThrow()));
    }

    @Test
    void whatIsGoneOrNoPictureIsLeftOut() {
        upload("file-1", new byte[] {1, 2, 3});

        assertThat(of("file-1", "file-2")).isEmpty();
    }

    @Test
    void ofMoreThanGoesAlongTheNewestAreTaken() {
        upload("file-1", gif(500));
        upload("file-2", gif(500));
        upload("file-3", gif(400));

        assertThat(of("file-1", "file-2", "file-3")).containsOnlyKeys("file-2", "file-3");
    }

    @Test
    void withoutPicturesNoFileIsLookedFor() {
        assertThat(of()).isEmpty();
        assertThat(files.asked).isEmpty();
    }

    private Map<String, ImagePart> of(String... shown) {
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
                .atMost(LONG);
    }

    private void upload(String id, byte[] content) {
        bytes.put(id, content);
        files.files.put(
                id,
                new StoredFile(
                        FileObject.created(
                                id, Purpose.VISION, "crab", content.length, Samples.NOW, null),
                        List.of(id + "-a", id + "-b")));
    }

    private static byte[] gif(int length) {
        byte[] gif = new byte[length];
        System.arraycopy(GIF, 0, gif, 0, GIF.length);
        return gif;
    }
}
