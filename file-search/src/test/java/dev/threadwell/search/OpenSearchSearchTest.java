package dev.threadwell.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.search.index.ChunkIndex;
import dev.threadwell.search.index.OpenSearchIndex;
import dev.threadwell.vectorstore.SearchResult;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The search with an index that processes share, in a real OpenSearch. */
class OpenSearchSearchTest extends SearchRules {

    private final String name = "test-" + UUID.randomUUID();

    @Override
    ChunkIndex open() {
        return OpenSearchForTests.process(name);
    }

    @Override
    void lose() {
        OpenSearchForTests.lose(name);
    }

    @Test
    void whatOneProcessFilledAnotherFinds() throws IOException {
        twoFiles();
        names(query("ferry"));
        try (ChunkIndex other = open()) {
            assertThat(other.<Integer>with(store, s -> s.fileVersions().size())).isEqualTo(2);
            ROWS.takesOut(store, "tides.txt");
            assertThat(search(other, query("ferry")))
                    .extracting(SearchResult::filename)
                    .containsExactly("food.txt");
        }
        assertThat(index.<Integer>with(store, s -> s.fileVersions().size())).isEqualTo(1);
    }

    @Test
    void whereNoOpenSearchIsTheWordsAreFound() throws IOException {
        twoFiles();
        try (ChunkIndex away =
                new OpenSearchIndex(
                        URI.create("http://127.0.0.1:1"), Optional.empty(), "away", 1)) {
            List<SearchResult> found = search(away, query("ferry"));
            assertThat(found).extracting(SearchResult::filename).containsExactly("tides.txt");
        }
    }
}
