package dev.threadwell.toolworker.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.threadwell.vectorstore.Chunk;
import dev.threadwell.vectorstore.ChunkingStrategy.Sizes;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkingTest {

    private static final String PROSE =
            "The ferry leaves at noon. ".repeat(300)
                    + "渡轮在中午离开港口。🚢👩‍👩‍👧 ".repeat(200)
                    + "Привет, море! ".repeat(100);

    private static Chunking chunking(String text) {
        return Objects.requireNonNull(Chunking.of(text, 10_000_000));
    }

    private static List<Chunk> chunks(String text, int size, int overlap) {
        return chunking(text).chunks(new Sizes(size, overlap));
    }

    private static String joined(List<Chunk> chunks) {
        return chunks.stream()
                .map(chunk -> chunk.text().substring(chunk.overlap()))
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @CsvSource({"800,400", "100,50", "100,0", "101,7", "4096,2048"})
    void withoutTheirOverlapsTheChunksAreTheText(int size, int overlap) {
        assertThat(joined(chunks(PROSE, size, overlap))).isEqualTo(PROSE);
    }

    @ParameterizedTest
    @CsvSource({"800,400", "100,50", "100,0"})
    void aChunkBeginsWithTheEndOfTheOneBefore(int size, int overlap) {
        List<Chunk> chunks = chunks(PROSE, size, overlap);

        assertThat(chunks).hasSizeGreaterThan(2);
        for (int i = 1; i < chunks.size(); i++) {
            String repeated = chunks.get(i).text().substring(0, chunks.get(i).overlap());
            assertThat(chunks.get(i - 1).text()).endsWith(repeated);
            assertThat(repeated.isEmpty()).isEqualTo(overlap == 0);
        }
    }

    @Test
    void aChunkHasAsManyTokensAsItMay() {
        List<Chunk> chunks = chunks("one two three four five ".repeat(100), 100, 20);

        assertThat(chunks.subList(0, chunks.size() - 1))
                .allSatisfy(chunk -> assertThat(chunking(chunk.text()).count()).isBetween(99, 101));
    }

    @Test
    void aShortTextIsOneChunk() {
        assertThat(chunks("Hello, harbour!", 800, 400))
                .containsExactly(new Chunk(0, "Hello, harbour!"));
    }

    @Test
    void aTextThatFillsItsChunksExactlyHasNoEmptyOne() {
        String text = " a".repeat(200);
        assertThat(chunking(text).count()).isEqualTo(200);

        assertThat(chunks(text, 100, 0)).hasSize(2);
        assertThat(chunks(text, 100, 50)).hasSize(3);
    }

    @Test
    void aTextWithMoreTokensThanAllowedIsNotCut() {
        assertThat(Chunking.of("one two three", 3)).isNotNull();
        assertThat(Chunking.of("one two three four", 3)).isNull();
        assertThat(Chunking.of("ü".repeat(1 << 20), 1_000)).isNull();
    }

    /** The time is generous: without the segments some of these took minutes. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "ü", " ", "\n", "😀", "👨‍👩‍👧‍👦", "漢", "ภาษาไทย", "x1;"})
    void aTextOfAMegabyteWithoutBreaksIsCutInTimeAndWhole(String unit) {
        String text = unit.repeat((1 << 20) / unit.length());

        assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> assertThat(joined(chunks(text, 800, 400))).isEqualTo(text));
    }
}
