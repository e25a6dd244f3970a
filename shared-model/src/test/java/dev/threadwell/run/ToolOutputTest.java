package dev.threadwell.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Outputs of tools are truncated to the size of a message. */
class ToolOutputTest {

    private static final String LONG = "🌊".repeat(300_000);
    private static final int MOST = 256 * 1024;

    @Test
    void aTextIsCutBetweenTwoCharacters() {
        ToolOutput.Text capped = (ToolOutput.Text) new ToolOutput.Text("x" + LONG).capped();

        assertThat(capped.output()).hasSize(MOST - 1).startsWith("x🌊").endsWith("🌊");
    }

    @Test
    void logsAreCutTogether() {
        Map<String, Object> logs = Map.of("type", "logs", "logs", LONG);
        Map<String, Object> image = Map.of("type", "image", "image", Map.of("file_id", "file-1"));

        ToolOutput.Code capped =
                (ToolOutput.Code)
                        new ToolOutput.Code(List.of(logs, image, logs), List.of(), LONG).capped();

        assertThat(capped.outputs()).hasSize(3);
        assertThat(capped.outputs().get(0).get("logs").toString()).hasSize(MOST);
        assertThat(capped.outputs().get(1)).isEqualTo(image);
        assertThat(capped.outputs().get(2).get("logs")).isEqualTo("");
        assertThat(capped.note()).isEmpty();
    }

    @Test
    void whatWasFoundIsCutFromItsEnd() {
        Map<String, Object> result =
                Map.of(
                        "file_id",
                        "file-1",
                        "content",
                        List.of(Map.of("type", "text", "text", "x".repeat(MOST - 1))));

        ToolOutput.Found capped =
                (ToolOutput.Found)
                        new ToolOutput.Found(Map.of(), Collections.nCopies(2_000, result)).capped();

        assertThat(capped.results()).hasSize(1_000);
        assertThat(capped.results().get(0)).isEqualTo(result);
        assertThat(capped.results().get(1).get("content"))
                .isEqualTo(List.of(Map.of("type", "text", "text", "x")));
    }

    @Test
    void theDetailsOfAResultAreCutAtAnyDepth() {
        Map<String, Object> details =
                Map.of("pages", List.of(Map.of("text", LONG), Map.of("text", LONG)), "count", 2);

        ToolOutput.Result capped =
                (ToolOutput.Result)
                        new ToolOutput.Result(
                                        details,
                                        "told",
                                        List.of(),
                                        Collections.nCopies(2_000, "file-1"))
                                .capped();

        assertThat(capped.text()).isEqualTo("told");
        assertThat(capped.details().toString()).hasSizeLessThan(MOST + 100);
        assertThat(capped.details().get("count")).isEqualTo(2);
        assertThat(capped.images()).hasSize(1_000);
    }

    @Test
    void whatIsShortStaysAsItIs() {
        ToolOutput failed = new ToolOutput.Failed(RunError.server());

        assertThat(failed.capped()).isEqualTo(failed);
    }
}
