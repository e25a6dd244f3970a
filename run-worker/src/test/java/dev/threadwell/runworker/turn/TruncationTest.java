package dev.threadwell.runworker.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.threadwell.runworker.turn.Truncation.Piece;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A conversation that is too long is truncated in the middle. */
class TruncationTest {

    private static final PromptTokens TOKENS = PromptTokens.of("gpt-4o");

    private final List<Piece> pieces = new ArrayList<>();

    private void said(String role, String text, int words) {
        String longer = text + " so".repeat(words);
        pieces.add(
                new Piece(
                        List.of(Map.of("role", role, "content", longer)),
                        true,
                        role.equals("user")));
    }

    private void called(String text, int words) {
        Map<String, Object> call = Map.of("role", "assistant", "content", text);
        Map<String, Object> output = Map.of("role", "tool", "content", "so ".repeat(words));
        pieces.add(new Piece(List.of(call, output), false, false));
    }

    private List<String> shown(long room, boolean withBeginning) {
        return Truncation.of(pieces, TOKENS, room, withBeginning).pieces().stream()
                .map(piece -> String.valueOf(piece.messages().getFirst().get("content")))
                .map(text -> text.split(" ")[0])
                .toList();
    }

    @Test
    void theBeginningAndTheNewestStay() {
        said("user", "first", 10);
        for (int i = 1; i < 20; i++) {
            said(i % 2 == 0 ? "user" : "assistant", "middle" + i, 50);
        }
        said("user", "newest", 10);

        assertThat(shown(200, true)).containsExactly("first", "middle18", "middle19", "newest");
    }

    @Test
    void aBeginningThatTakesMoreThanItsPartGoes() {
        said("user", "first", 100);
        said("assistant", "second", 100);
        said("user", "newest", 10);

        assertThat(shown(200, true)).containsExactly("second", "newest");
    }

    @Test
    void theBeginningGoesIfTheRunWantsTheLastMessages() {
        said("user", "first", 10);
        said("assistant", "second", 300);
        said("user", "newest", 10);

        assertThat(shown(200, false)).containsExactly("newest");
    }

    @Test
    void theQuestionStaysWhateverWasDoneSince() {
        said("user", "old", 10);
        said("user", "question", 10);
        called("one", 200);
        called("two", 100);
        called("three", 50);

        assertThat(shown(200, false)).containsExactly("question", "two", "three");
    }

    @Test
    void aCallGoesOrStaysWithItsOutputs() {
        called("call", 100);
        said("user", "newest", 10);

        assertThat(shown(100, true)).containsExactly("newest");
        assertThat(shown(200, true)).containsExactly("call", "newest");
    }

    @Test
    void whatHasToBeShownMayNotFit() {
        said("user", "newest", 100);

        assertThat(Truncation.of(pieces, TOKENS, 50, true).fits()).isFalse();
        assertThat(shown(50, true)).containsExactly("newest");
        assertThat(Truncation.of(pieces, TOKENS, 200, true).fits()).isTrue();
    }

    @Test
    void aPictureCountsForWhatAModelMakesOfItAndNotForItsBytes() {
        Map<String, Object> picture =
                Map.of("type", "image_url", "image_url", Map.of("url", "A".repeat(100_000)));
        assertThat(
                        TOKENS.of(
                                List.of(Map.of("role", "user", "content", List.of(picture))),
                                Long.MAX_VALUE))
                .isBetween(1_000L, 1_200L);
    }

    @Test
    void tokensAreThoseOfTheModel() {
        String text = "你好，世界";
        assertThat(tokens("gpt-4o", text)).isLessThan(tokens("gpt-4", text));
        assertThat(tokens("openai/gpt-4", text)).isEqualTo(tokens("gpt-4", text));
        assertThat(tokens("somebody's", text)).isEqualTo(tokens("gpt-4o", text));
        assertThat(tokens("gpt-4o", "<|endoftext|>")).isPositive();
    }

    private static long tokens(String model, String text) {
        return PromptTokens.of(model)
                .of(List.of(Map.of("role", "user", "content", text)), Long.MAX_VALUE);
    }

    @Test
    void ofATextThatDoesNotFitNoMoreIsCountedThanWouldFit() {
        List<Map<String, Object>> large =
                List.of(Map.of("role", "user", "content", "so ".repeat(1_000_000)));

        assertThat(TOKENS.of(large, 1_000)).isBetween(1_001L, 6_000L);
        assertThat(TOKENS.of(large, Long.MAX_VALUE)).isGreaterThan(1_000_000);
    }

    /**
     * The time limit is generous: without the fix, a single such message took a second and much
     * memory.
     */
    @Test
    void manyLargeMessagesWithoutBreaksAreCountedInTime() {
        for (int i = 0; i < 100; i++) {
            pieces.add(
                    new Piece(
                            List.of(Map.of("role", "user", "content", "ü".repeat(256_000))),
                            true,
                            true));
        }

        assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () ->
                        assertThat(Truncation.of(pieces, TOKENS, 1_000_000, true).pieces())
                                .hasSizeBetween(5, 10));
    }
}
