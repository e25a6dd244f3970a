package dev.threadwell.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.search.SearchQuery.Weights;
import dev.threadwell.search.index.ChunkIndex;
import dev.threadwell.search.index.LuceneIndex;
import dev.threadwell.vectorstore.AttributeFilter;
import dev.threadwell.vectorstore.AttributeFilter.Comparison;
import dev.threadwell.vectorstore.AttributeFilter.Operator;
import dev.threadwell.vectorstore.SearchResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store holds so many files at most. */
@Tag("server")
class TenThousandFilesTest {

    private static final int FILES = 10_000;
    private static final int WORDS_OF_A_FILE = 40;
    private static final int VOCABULARY = 20_000;
    private static final int NEEDLE = 7_654;

    private static final CountedWords EMBEDDER = new CountedWords();
    private static final StoredChunks ROWS = new StoredChunks();
    private static String store;

    @TempDir Path directory;

    @BeforeAll
    static void tenThousandFiles() {
        Random random = new Random(42);
        store = ROWS.store();
        ROWS.reads(
                store,
                EMBEDDER,
                IntStream.range(0, FILES)
                        .mapToObj(i -> words(random) + (i == NEEDLE ? " zeppelin" : ""))
                        .toList());
    }

    /** As rare as in a language: the tenth word comes a tenth as often as the first. */
    private static String words(Random random) {
        return IntStream.range(0, WORDS_OF_A_FILE)
                .mapToObj(i -> "w" + (int) Math.pow(VOCABULARY, random.nextDouble()))
                .collect(Collectors.joining(" "));
    }

    private static SearchQuery query(String text, @Nullable AttributeFilter filter) {
        return new SearchQuery(
                StoredChunks.PROJECT,
                List.of(store),
                List.of(text),
                filter,
                10,
                0,
                new Weights(0.5, 0.5));
    }

    private static List<String> names(Search search, SearchQuery query) {
        return search.search(query).await().atMost(StoredChunks.LONG).stream()
                .map(SearchResult::filename)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Lucene", "OpenSearch"})
    void theOneThatAnswersIsFoundAmongTenThousand(String kind) throws IOException {
        try (ChunkIndex index =
                kind.equals("Lucene")
                        ? new LuceneIndex(directory)
                        : OpenSearchForTests.process("ten-thousand-" + UUID.randomUUID())) {
            Search search = ROWS.search(EMBEDDER, index);
            search.prepare(StoredChunks.PROJECT, store).await().atMost(StoredChunks.LONG);

            assertThat(index.<Integer>with(store, s -> s.fileVersions().size())).isEqualTo(FILES);
            assertThat(names(search, query("zeppelin", null))).startsWith("" + NEEDLE);
            assertThat(names(search, query("zeppelin", even(true)))).startsWith("" + NEEDLE);
            assertThat(names(search, query("zeppelin", even(false))))
                    .isNotEmpty()
                    .allMatch(name -> Integer.parseInt(name) % 2 == 1);
        }
    }

    private static AttributeFilter even(boolean even) {
        return new Comparison(Operator.EQ, "even", List.of(even));
    }
}
