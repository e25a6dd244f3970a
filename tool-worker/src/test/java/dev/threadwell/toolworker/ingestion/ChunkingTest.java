package dev.threadwell.toolworker.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.vectorstore.Chunk;
import dev.threadwell.vectorstore.ChunkingStrategy.Sizes;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChunkingTest {

    private static final String PROSE =
            "The ferry leaves at noon. ".repeat(300)
                    + "渡轮在中午离开港口。🚢👩‍👩‍👧 ".repeat(200)
                    + "Привет, море! ".repeat(100);

    private static List<Chunk> chunks(String text, int size, int overlap) {
        return Chunking.of(text).chunks(new Sizes(size, overlap));
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
                .allSatisfy(
                        chunk -> assertThat(Chunking.of(chunk.text()).count()).isBetween(99, 101));
    }

    @Test
    void aShortTextIsOneChunk() {
        assertThat(chunks("Hello, harbour!", 800, 400))
                .containsExactly(new Chunk(0, "Hello, harbour!"));
    }

    @Test
    void aTextThatFillsItsChunksExactlyHasNoEmptyOne() {
        String text = " a".repeat(200);
        assertThat(Chunking.of(text).count()).isEqualTo(200);

        assertThat(chunks(text, 100, 0)).hasSize(2);
        assertThat(chunks(text, 100, 50)).hasSize(3);
    }
}
