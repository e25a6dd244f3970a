package dev.threadwell.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Runs last, behind every test that adds to the page. */
@Order(Integer.MAX_VALUE)
class ConformanceTest {

    @Test
    void thePageSaysWhatTheTestsSaw() throws IOException {
        Path made = Path.of("target", "conformance.md");
        Files.writeString(made, Conformance.page());
        String committed = Files.readString(Repository.ROOT.resolve("docs/conformance.md"));

        if (LeftOut.reasons().isEmpty()) {
            assertThat(committed)
                    .as("cp deploy/clients/%s docs/conformance.md renews the page", made)
                    .isEqualTo(Conformance.page());
        } else {
            assertThat(committed)
                    .as("rows of those that were not left out (%s)", LeftOut.reasons())
                    .contains(Conformance.rows());
        }
    }
}
