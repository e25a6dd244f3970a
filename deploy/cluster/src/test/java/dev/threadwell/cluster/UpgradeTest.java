package dev.threadwell.cluster;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Upgrades while clients use the product: none of them notices. */
@OnCluster
@Order(2)
class UpgradeTest {

    private static final int BEFORE = 40;

    private final Installation installation;

    UpgradeTest(Installation installation) {
        this.installation = installation;
    }

    @Test
    void noRequestFailsAndNoRunBreaksDuringAnUpgrade() {
        try (Load load = Load.withoutRetries(installation.http()).forRuns(BEFORE)) {
            long began = System.nanoTime();
            installation.release().upgrades(Installation.newPods());
            var took = Installation.since(began);

            var report = load.forRuns(BEFORE).ends();

            Figures.add("upgrade: all pods replaced", took, report.inWords());
            report.isFlawless();
        }
    }
}
