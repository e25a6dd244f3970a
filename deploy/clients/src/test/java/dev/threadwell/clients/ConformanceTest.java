package dev.threadwell.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Runs last, behind every test that adds to the page: JUnit keeps what is isolated for the end. */
@Isolated
class ConformanceTest {

    @Test
    void thePageSaysWhatTheTestsSaw() throws IOException {
        Path made = Path.of("target", "conformance.md");
        String seen = Conformance.page();
        Files.writeString(made, seen);
        String committed = Files.readString(Repository.ROOT.resolve("docs/conformance.md"));

        if (LeftOut.reasons().isEmpty()) {
            assertThat(committed.equals(seen))
                    .as(
                            "cp deploy/clients/%s docs/conformance.md renews the page:%n%s",
                            made, differences(committed, seen))
                    .isTrue();
        } else {
            assertThat(committed)
                    .as("rows of those that were not left out (%s)", LeftOut.reasons())
                    .contains(Conformance.rows());
        }
    }

    private static String differences(String committed, String seen) {
        return without(committed, "- ", seen) + without(seen, "+ ", committed);
    }

    private static String without(String page, String sign, String other) {
        Set<String> known = other.lines().collect(Collectors.toSet());
        return page.lines()
                .filter(line -> !known.contains(line))
                .map(line -> sign + line + "\n")
                .collect(Collectors.joining());
    }
}
