package dev.threadwell.api.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BetaHeaderTest {

    private static final Set<String> BOTH =
            new LinkedHashSet<>(List.of("assistants=v2", "assistants=v1"));
    private static final Set<String> NEWEST = Set.of("assistants=v2");

    @Test
    void ofTwoVersionsTheNewerIsMeant() {
        assertThat(BetaHeader.asked(List.of("assistants=v1,assistants=v2"), true, BOTH))
                .isEqualTo("assistants=v2");
    }

    @Test
    void theOlderVersionIsFoundAmongOtherBetas() {
        assertThat(BetaHeader.asked(List.of("x=v1", "assistants=v1"), true, BOTH))
                .isEqualTo("assistants=v1");
    }

    @Test
    void whereNoHeaderIsNeededTheNewestVersionIsMeant() {
        assertThat(BetaHeader.asked(List.of(), false, BOTH)).isEqualTo("assistants=v2");
    }

    @Test
    void anInstallationCanHaveGivenTheOlderVersionUp() {
        assertThatThrownBy(() -> BetaHeader.asked(List.of("assistants=v1"), true, NEWEST))
                .hasMessage(
                        "The v1 Assistants API has been deprecated. See the migration guide for"
                                + " more information:"
                                + " https://platform.openai.com/docs/assistants/migration.");
    }
}
