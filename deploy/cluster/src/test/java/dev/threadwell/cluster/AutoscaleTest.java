package dev.threadwell.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.threadwell.flow.Eventually;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The API is scaled by its CPU, where the cluster measures that. */
@OnCluster
@Order(8)
class AutoscaleTest {

    private static final int BEFORE = 20;

    private final Installation installation;

    AutoscaleTest(Installation installation) {
        this.installation = installation;
    }

    @Test
    void theAutoscalerAddsPodsUnderLoad() {
        assumeTrue(
                installation
                        .kubectl()
                        .run("get", "--raw", "/apis/metrics.k8s.io/v1beta1/nodes")
                        .succeeded(),
                "the cluster has no metrics server");
        // One percent of what a pod asks for: any load is too much for two.
        installation
                .release()
                .upgrades(
                        "apiService.autoscaling.enabled=true",
                        "apiService.autoscaling.minReplicas=2",
                        "apiService.autoscaling.maxReplicas=3",
                        "apiService.autoscaling.targetCPUUtilizationPercentage=1");
        try (Load load = Load.withoutRetries(installation.http()).forRuns(BEFORE)) {
            long began = System.nanoTime();
            Eventually.isTrue("a third pod", () -> readyPods() == 3);
            var took = Installation.since(began);

            var report = load.forRuns(BEFORE).ends();

            Figures.add("autoscaler: a third api-service", took, report.inWords());
            report.isFlawless();
        }
        assertThat(installation.release().status()).isEqualTo("deployed");
    }

    private long readyPods() {
        List<Pod> pods = installation.pods(Kind.API_SERVICE);
        return pods.stream().filter(Pod::isReady).count();
    }
}
