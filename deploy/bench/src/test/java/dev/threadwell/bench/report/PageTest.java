package dev.threadwell.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PageTest {

    private static final String PAGE =
            "before\n" + Page.BEGIN + "\nold\nolder\n" + Page.END + "\nafter\n";

    @Test
    void whatStandsBetweenTheMarkersIsReplaced() {
        assertThat(Page.with(PAGE, "new\n"))
                .isEqualTo("before\n" + Page.BEGIN + "\nnew\n" + Page.END + "\nafter\n");
    }

    @Test
    void theSecondMeasurementReplacesTheFirst() {
        assertThat(Page.with(Page.with(PAGE, "first"), "second"))
                .isEqualTo(Page.with(PAGE, "second"));
    }

    @Test
    void aPageWithoutMarkersIsRefused() {
        assertThatThrownBy(() -> Page.with("a page", "new"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Page.BEGIN);
    }

    @Test
    void theRepositorysPageHasThem() throws IOException {
        String page = Files.readString(Path.of("../../docs/benchmarks.md"));

        assertThat(Page.with(page, "new")).contains("\nnew\n");
    }
}
