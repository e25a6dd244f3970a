package dev.threadwell.runworker.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Surrogate pairs are never split, however a text is cut. */
class WholeCharactersTest {

    private final WholeCharacters characters = new WholeCharacters();

    @Test
    void twoHalvesAreOneCharacterInOnePiece() {
        assertThat(characters.take("Ebb \ud83c")).isEqualTo("Ebb ");
        assertThat(characters.take("\udf0a!")).isEqualTo("🌊!");
        assertThat(characters.rest()).isEmpty();
    }

    @Test
    void anEmptyPieceBetweenTwoHalvesChangesNothing() {
        assertThat(characters.take("\ud83c") + characters.take("") + characters.take("\udf0a"))
                .isEqualTo("🌊");
    }

    @Test
    void aHalfThatStaysAloneIsReplaced() {
        assertThat(characters.take("a\ud83cb")).isEqualTo("a\uFFFDb");
        assertThat(characters.take("\udf0a")).isEqualTo("\uFFFD");
        assertThat(
                        characters.take("\ud83c")
                                + characters.take("\ud83c")
                                + characters.take("\udf0a"))
                .isEqualTo("\uFFFD🌊");
        assertThat(characters.take("\ud83c")).isEmpty();
        assertThat(characters.rest()).isEqualTo("\uFFFD");
        assertThat(characters.rest()).isEmpty();
    }

    @Test
    void aWholeTextIsCheckedAtOnce() {
        assertThat(WholeCharacters.of("\udf0aa🌊\ud83c")).isEqualTo("\uFFFDa🌊\uFFFD");
    }
}
