package dev.threadwell.cluster;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each kind of pod is scaled from one to four and back while clients use the product. */
@OnCluster
@Order(6)
class ScaleTest {

    private static final int BEFORE = 20;
    private static final int MANY = 4;

    private final Installation installation;
    private int replicas;

    ScaleTest(Installation installation) {
        this.installation = installation;
    }

    @ParameterizedTest
    @EnumSource
    void noRequestFailsAndNoRunBreaksWhileAKindOfPodIsScaled(Kind kind) {
        replicas = installation.pods(kind).size();
        try (Load load = Load.withoutRetries(installation.http()).forRuns(BEFORE)) {
            long began = System.nanoTime();
            installation.scales(kind, 1);
            installation.scales(kind, MANY);
            installation.scales(kind, 1);
            var took = Installation.since(began);

            var report = load.forRuns(BEFORE).ends();

            Figures.add(
                    "%s from %d to 1, 4 and 1".formatted(kind, replicas), took, report.inWords());
            report.isFlawless();
        }
    }

    @AfterEach
    void scaleBack() {
        for (Kind kind : Kind.values()) {
            if (installation.pods(kind).size() < replicas) {
                installation.scales(kind, replicas);
            }
        }
    }
}
