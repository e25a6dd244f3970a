package dev.threadwell.api.vectorstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.threadwell.file.FileObject;
import dev.threadwell.file.Purpose;
import dev.threadwell.persistence.file.FileStore;
import dev.threadwell.persistence.file.StoredFile;
import dev.threadwell.platform.settings.VisionConfig;
import dev.threadwell.run.Ids;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pictures can be searched where a model reads them, and are refused elsewhere. */
class FileChecksTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final String REASON =
            "Files with extensions [.png] are not supported for retrieval. See"
                    + " https://platform.openai.com/docs/assistants/tools/file-search/supported-files"
                    + " Pictures need a model that reads them, and none is configured"
                    + " (threadwell.vision.model).";

    private final Map<String, StoredFile> files = new HashMap<>();

    private String file(String filename) {
        String id = Ids.file();
        FileObject file = FileObject.created(id, Purpose.ASSISTANTS, filename, 1, 1, null);
        files.put(id, new StoredFile(file, List.of()));
        return id;
    }

    private FileChecks checks(Map<String, String> settings) {
        VisionConfig vision =
                new SmallRyeConfigBuilder()
                        .addDiscoveredConverters()
                        .withMapping(VisionConfig.class)
                        .withDefaultValues(settings)
                        .build()
                        .getConfigMapping(VisionConfig.class);
        return new FileChecks(new FilesInMemory(), vision);
    }

    private FileChecks reading() {
        return checks(Map.of("threadwell.vision.model", "eyes"));
    }

    private FileChecks notReading() {
        return checks(Map.of());
    }

    private final class FilesInMemory extends FileStore {

        FilesInMemory() {
            super(null);
        }

        @Override
        public Uni<Map<String, StoredFile>> all(String projectId, Collection<String> ids) {
            Map<String, StoredFile> found = new HashMap<>(files);
            found.keySet().retainAll(ids);
            return Uni.createFrom().item(found);
        }
    }

    private static <T> T await(Uni<T> work) {
        return work.await().atMost(LONG);
    }

    @Test
    void aPictureIsSearchedWhereAModelReadsIt() {
        List<String> ids = List.of(file("a.png"), file("b.txt"));

        await(reading().searchable("proj", ids).replaceWith(true));

        assertThat(await(reading().searchableOf("proj", ids)))
                .containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void aPictureIsRefusedWithTheReasonWhereNoneDoes() {
        List<String> ids = List.of(file("a.png"), file("b.txt"));

        assertThatThrownBy(() -> await(notReading().searchable("proj", ids).replaceWith(true)))
                .hasMessageContaining(REASON);
        assertThatThrownBy(
                        () -> await(notReading().noUnreadPictures("proj", ids).replaceWith(true)))
                .hasMessageContaining(REASON);
        assertThat(await(notReading().searchableOf("proj", ids))).containsExactly(ids.getLast());
    }

    @Test
    void otherFilesAreRefusedAsTheOriginalDoes() {
        List<String> ids = List.of(file("a.csv"));

        assertThatThrownBy(() -> await(reading().searchable("proj", ids).replaceWith(true)))
                .hasMessageEndingWith("supported-files");
        await(notReading().noUnreadPictures("proj", ids).replaceWith(true));
    }
}
