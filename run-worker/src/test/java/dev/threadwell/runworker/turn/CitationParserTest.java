package dev.threadwell.runworker.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.threadwell.runworker.turn.CitationParser.Said;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Citations in a text are found, however the text is split. */
class CitationParserTest {

    private static final CitationSources SOURCES =
            new CitationSources(
                    Map.of("4:0", "file-tides", "4:11", "file-moon"),
                    Map.of(
                            "sandbox:/mnt/data/a.csv", "file-a",
                            "sandbox:/mnt/data/a.csv.gz", "file-gz"),
                    List.of(),
                    5);

    private final CitationParser citing = new CitationParser(SOURCES);

    private static List<Said> inPieces(String text, int length) {
        CitationParser citing = new CitationParser(SOURCES);
        List<Said> said = new ArrayList<>();
        for (int at = 0; at < text.length(); at += length) {
            said.addAll(citing.take(text.substring(at, Math.min(text.length(), at + length))));
        }
        said.addAll(citing.rest());
        return said;
    }

    private static List<String> references(List<Said> said) {
        return said.stream()
                .filter(piece -> piece.annotation() != null)
                .map(piece -> piece.text() + " " + piece.annotation().fileId())
                .toList();
    }

    @Test
    void everyReferenceIsFoundWhole() {
        String text =
                "Low【4:0†tides.txt】【4:11†source】, see [a](sandbox:/mnt/data/a.csv) and"
                        + " sandbox:/mnt/data/a.csv.gz";
        for (int length = 1; length <= text.length(); length++) {
            List<Said> said = inPieces(text, length);
            assertThat(said.stream().map(Said::text).collect(Collectors.joining())).isEqualTo(text);
            assertThat(references(said))
                    .as("pieces of " + length)
                    .containsExactly(
                            "【4:0†tides.txt】 file-tides",
                            "【4:11†source】 file-moon",
                            "sandbox:/mnt/data/a.csv file-a",
                            "sandbox:/mnt/data/a.csv.gz file-gz");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "【4:1†tides.txt】",
                "【4:0】",
                "【4:0†tides",
                "【four】",
                "【4:0†a【b】",
                "sandbox:/mnt/data/b.csv",
                "sandbox:/mnt/data/a.csvs",
                "sandbox:/mnt/data/a",
                "【"
            })
    void whatRefersToNothingIsText(String text) {
        for (int length = 1; length <= text.length(); length++) {
            List<Said> said = inPieces(text, length);
            assertThat(said.stream().map(Said::text).collect(Collectors.joining())).isEqualTo(text);
            assertThat(references(said)).isEmpty();
        }
    }

    @Test
    void textIsHeldBackNoLongerThanItMayBecomeAReference() {
        assertThat(citing.take("so 【4:")).containsExactly(new Said("so ", null));
        assertThat(citing.take("x")).containsExactly(new Said("【4:x", null));
    }

    @Test
    void aMarkerWithoutAnEndIsHeldBackForALineAtMost() {
        assertThat(citing.take("【4:0†tides")).isEmpty();
        assertThat(citing.take("\n")).containsExactly(new Said("【4:0†tides\n", null));
        assertThat(citing.take("【4:0†" + "x".repeat(400))).hasSize(1);
    }

    @Test
    void nothingIsHeldBackWhenThereIsNothingToReferTo() {
        assertThat(new CitationParser(CitationSources.NONE).take("【4:0†")).hasSize(1);
    }

    /**
     * The time limit is generous: without the fix, the time was quadratic in the length of the
     * text.
     */
    @ParameterizedTest
    @ValueSource(strings = {"s", "sandbox:", "sandbox:/mnt/data/", "【", "【4:0†", "【4:0†a】", "x"})
    void aTextOfAMegabyteIsLookedThroughInTimeHoweverManyLinksThereAre(String unit) {
        Map<String, String> links = new HashMap<>();
        for (int i = 0; i < 1_000; i++) {
            links.put("sandbox:/mnt/data/" + i + ".csv", "file-" + i);
        }
        CitationParser many =
                new CitationParser(new CitationSources(SOURCES.cited(), links, List.of(), 5));
        String text = unit.repeat((1 << 20) / unit.length());

        assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> {
                    List<Said> said = new ArrayList<>(many.take(text));
                    said.addAll(many.rest());
                    assertThat(said.stream().map(Said::text).collect(Collectors.joining()))
                            .isEqualTo(text);
                });
    }
}
