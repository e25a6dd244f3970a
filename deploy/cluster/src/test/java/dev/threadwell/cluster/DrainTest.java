package dev.threadwell.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.flow.Eventually;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Pods are evicted as the drain of a node does it: as their disruption budgets allow. */
@OnCluster
@Order(5)
class DrainTest {

    private static final int BEFORE = 40;

    private final Installation installation;

    DrainTest(Installation installation) {
        this.installation = installation;
    }

    @Test
    void aBudgetRefusesToEvictTheLastPodThatAnswers() {
        List<Pod> pods = installation.pods(Kind.API_SERVICE);
        assertThat(pods).as("pods of the API").hasSizeGreaterThanOrEqualTo(2);

        long evicted = pods.stream().filter(installation.kubectl()::evicts).count();

        assertThat(evicted).isPositive().isLessThan(pods.size());
        installation.heals();
    }

    @Test
    void noRequestFailsAndNoRunBreaksWhenAllPodsAreEvicted() {
        try (Load load = Load.withoutRetries(installation.http()).forRuns(BEFORE)) {
            long began = System.nanoTime();
            for (Kind kind : Kind.values()) {
                for (Pod pod : installation.pods(kind)) {
                    Eventually.isTrue(
                            pod.name() + " may be evicted",
                            () -> installation.kubectl().evicts(pod));
                }
            }
            installation.heals();
            var took = Installation.since(began);

            var report = load.forRuns(BEFORE).ends();

            Figures.add("drain: all pods evicted", took, report.inWords());
            report.isFlawless();
        }
    }
}
