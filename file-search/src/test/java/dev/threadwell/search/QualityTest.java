package dev.threadwell.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.persistence.vectorstore.ChunkIndexQueries.Searchable;
import dev.threadwell.search.SearchQuery.Weights;
import dev.threadwell.search.embedding.Embedder;
import dev.threadwell.search.embedding.Embedders;
import dev.threadwell.search.index.ChunkIndex.Hit;
import dev.threadwell.search.index.LuceneIndex;
import dev.threadwell.vectorstore.Chunk;
import dev.threadwell.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The models in this process and the words together find the right file of the quality set. */
class QualityTest {

    private static final Path SETS = Path.of("../deploy/bench/src/main/resources/quality");
    private static final Embedder EMBEDDER = Embedders.local();

    @TempDir Path directory;

    /** Of 44 questions, so many at least have the right file first, and among the first five. */
    @ParameterizedTest
    @CsvSource({"en,41,44", "zh,38,43"})
    void theRightFileIsFound(String language, int first, int amongFive) throws IOException {
        JsonNode set = Json.mapper().readTree(Files.readAllBytes(SETS.resolve(language + ".json")));
        List<String> names = new ArrayList<>();
        set.path("documents").fieldNames().forEachRemaining(names::add);
        try (LuceneIndex index = new LuceneIndex(directory)) {
            List<Integer> places =
                    index.with(
                            "vs_quality",
                            store -> {
                                for (int i = 0; i < names.size(); i++) {
                                    Chunk chunk =
                                            new Chunk(
                                                    0,
                                                    set.path("documents")
                                                            .path(names.get(i))
                                                            .asText());
                                    Chunk embedded = EMBEDDER.embedded(List.of(chunk)).getFirst();
                                    store.put(
                                            i,
                                            List.of(
                                                    new Searchable(
                                                            i,
                                                            0,
                                                            chunk.text(),
                                                            embedded.vectors())));
                                }
                                store.refresh();
                                List<Integer> found = new ArrayList<>();
                                for (JsonNode question : set.path("questions")) {
                                    String text = question.path(0).asText();
                                    List<Hit> hits = store.search(text, EMBEDDER.query(text), null);
                                    found.add(
                                            place(hits, names.indexOf(question.path(1).asText())));
                                }
                                return found;
                            });

            assertThat(places).hasSize(44);
            assertThat(places.stream().filter(p -> p == 0).count()).isGreaterThanOrEqualTo(first);
            assertThat(places.stream().filter(p -> p < 5).count())
                    .isGreaterThanOrEqualTo(amongFive);
        }
    }

    private static int place(List<Hit> hits, long fileVersion) {
        double[] scores = Fusion.scores(hits, Weights.DEFAULT);
        double right =
                IntStream.range(0, scores.length)
                        .filter(i -> hits.get(i).fileVersion() == fileVersion)
                        .mapToDouble(i -> scores[i])
                        .max()
                        .orElse(-1);
        return (int) IntStream.range(0, scores.length).filter(i -> scores[i] > right).count();
    }
}
