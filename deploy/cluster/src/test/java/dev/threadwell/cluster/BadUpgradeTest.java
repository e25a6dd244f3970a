package dev.threadwell.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** An upgrade to what never gets ready is taken back, and the old pods answer all the time. */
@OnCluster
@Order(7)
class BadUpgradeTest {

    private static final int BEFORE = 20;

    private final Installation installation;

    BadUpgradeTest(Installation installation) {
        this.installation = installation;
    }

    @Test
    void anUpgradeToWhatNeverGetsReadyIsTakenBackAndNobodyNotices() {
        Set<String> before = names();
        try (Load load = Load.withoutRetries(installation.http()).forRuns(BEFORE)) {
            long began = System.nanoTime();
            var outcome = installation.release().upgradesInVain("45s", Installation.noSuchImage());
            var took = Installation.since(began);

            var report = load.forRuns(BEFORE).ends();

            Figures.add("an image that does not exist: rolled back", took, report.inWords());
            assertThat(outcome.succeeded()).isFalse();
            assertThat(installation.release().status()).isEqualTo("deployed");
            installation.heals();
            assertThat(names()).containsAll(before);
            report.isFlawless();
        }
    }

    private Set<String> names() {
        return installation.pods(Kind.API_SERVICE).stream()
                .map(Pod::name)
                .collect(Collectors.toSet());
    }
}
