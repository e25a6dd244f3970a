package dev.threadwell.search.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A text becomes pieces in a time that grows with its length, whatever it consists of. */
class WordPiecesTest {

    private static final WordPieces PIECES =
            new WordPieces(Map.of("[UNK]", 0, "[CLS]", 1, "[SEP]", 2, "caf", 3, "##e", 4, "x", 5));

    @Test
    void accentsAreTakenAwayHoweverTheyAreWritten() {
        assertThat(PIECES.of("Caf\u00e9")).containsExactly(3, 4);
        assertThat(PIECES.of("Cafe\u0301")).containsExactly(3, 4);
        assertThat(PIECES.of("Cafe\u0323\u0301 x")).containsExactly(3, 4, 5);
    }

    /** The time is generous: a megabyte of accents took half an hour. */
    @ParameterizedTest
    @ValueSource(
            strings = {"a", "\u00fc", " ", "\n", "\u0300\u0323", "\ud83d\ude00", "\u6f22", "x."})
    void aTextOfAMegabyteTakesNoLongerThanItsLengthDoes(String unit) {
        String text = unit.repeat((1 << 20) / unit.length());

        assertTimeoutPreemptively(
                Duration.ofSeconds(60), () -> assertThat(PIECES.windows(text, 512)).isNotEmpty());
    }
}
