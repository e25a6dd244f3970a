package dev.threadwell.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.store.ChunkRows.Searchable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an index says of itself. */
class LuceneIndexTest {

    @TempDir Path directory;

    @Test
    void whatIsPutInIsSaidToBeThereWhenSearchesFindIt() throws IOException {
        try (LuceneIndex index = new LuceneIndex(directory)) {
            List<ChunkIndex.Hit> found =
                    index.with(
                            "vs_1",
                            store -> {
                                store.put(7, List.of(new Searchable(7, 0, "low water", null)));
                                assertThat(store.stays()).isEmpty();
                                store.refresh();
                                assertThat(store.stays()).containsExactly(7L);
                                return store.search("water", null, null);
                            });

            assertThat(found).extracting(ChunkIndex.Hit::stay).containsExactly(7L);
        }
    }

    @Test
    void whatIsTakenOutIsNotFoundAnyMore() throws IOException {
        try (LuceneIndex index = new LuceneIndex(directory)) {
            List<ChunkIndex.Hit> found =
                    index.with(
                            "vs_1",
                            store -> {
                                store.put(7, List.of(new Searchable(7, 0, "low water", null)));
                                store.refresh();
                                store.remove(List.of(7L));
                                store.refresh();
                                assertThat(store.stays()).isEmpty();
                                return store.search("water", null, null);
                            });

            assertThat(found).isEmpty();
        }
    }
}
