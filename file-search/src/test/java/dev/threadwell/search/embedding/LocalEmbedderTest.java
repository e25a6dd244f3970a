package dev.threadwell.search.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.vectorstore.Chunk;
import dev.threadwell.vectorstore.Vectors;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The models in this process see a chunk to its end. */
class LocalEmbedderTest {

    private static final LocalEmbedder EMBEDDER = new LocalEmbedder();
    private static final String LOG = "The keeper wrote down wind and weather. ".repeat(120);

    private static Vectors vectors(Chunk chunk) {
        return Objects.requireNonNull(EMBEDDER.embedded(List.of(chunk)).getFirst().vectors());
    }

    private static double nearest(String query, Vectors passage) {
        float[] wanted = EMBEDDER.query(query).windows().getFirst();
        return passage.windows().stream()
                .mapToDouble(
                        w -> IntStream.range(0, w.length).mapToDouble(i -> w[i] * wanted[i]).sum())
                .max()
                .orElseThrow();
    }

    @Test
    void theEndOfALongChunkCountsToo() {
        Vectors without = vectors(new Chunk(0, LOG));
        Vectors with = vectors(new Chunk(0, LOG + "A blue whale was seen off the cape."));

        assertThat(without.windows()).hasSizeGreaterThan(1);
        assertThat(nearest("sighting of a whale", with))
                .isGreaterThan(nearest("sighting of a whale", without) + 0.01);
    }

    @Test
    void whatTwoChunksShareHasTheSameVectorInBoth() {
        String shared = "Low water is at noon. ".repeat(10);
        List<Chunk> chunks =
                EMBEDDER.embedded(
                        List.of(
                                new Chunk(0, shared),
                                new Chunk(shared.length(), shared + "The ferry waits.")));

        assertThat(Objects.requireNonNull(chunks.get(1).vectors()).windows().getFirst())
                .isEqualTo(Objects.requireNonNull(chunks.get(0).vectors()).windows().getFirst());
    }

    @Test
    void aTextGoesToTheModelOfItsLanguage() {
        assertThat(EMBEDDER.query("When does the ferry leave?").model()).contains("-en-");
        assertThat(EMBEDDER.query("渡轮 ferry 几点开?").model()).contains("-zh-");
        assertThat(EMBEDDER.query("4711 ?!").model()).contains("-en-");
    }

    @Test
    void aVectorIsTheSameFromTheDatabase() {
        Vectors vectors = EMBEDDER.query("When does the ferry leave?");
        Vectors read = Vectors.of(vectors.model(), vectors.bytes());

        assertThat(read.windows()).hasSize(1);
        assertThat(read.windows().getFirst())
                .usingComparatorWithPrecision(0.001f)
                .containsExactly(vectors.windows().getFirst());
    }
}
