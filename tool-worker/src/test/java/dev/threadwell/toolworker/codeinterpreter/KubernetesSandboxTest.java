package dev.threadwell.toolworker.codeinterpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.threadwell.toolworker.codeinterpreter.CodeSandbox.Session;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The sandbox of pods, on an API server in memory. */
class KubernetesSandboxTest extends CodeSandboxRules {

    private final Cluster cluster = new Cluster(true);

    private static KubernetesSandbox on(Cluster cluster, String startWithin, Duration grace) {
        PodConfig config =
                new SmallRyeConfigBuilder()
                        .withConverter(
                                Duration.class,
                                100,
                                new io.quarkus.runtime.configuration.DurationConverter())
                        .withMapping(PodConfig.class)
                        .withDefaultValue(
                                "threadwell.code-interpreter.kubernetes.namespace",
                                Cluster.NAMESPACE)
                        .withDefaultValue(
                                "threadwell.code-interpreter.kubernetes.port",
                                String.valueOf(PodForTests.PORT))
                        .withDefaultValue(
                                "threadwell.code-interpreter.kubernetes.start-within", startWithin)
                        .build()
                        .getConfigMapping(PodConfig.class);
        return new KubernetesSandbox(
                new PodClaims(cluster.client(), config),
                config,
                new CodeLimits(5_000, 2, 8 << 20, 16 << 20, grace),
                Driver.own());
    }

    @Override
    CodeSandbox sandbox(Duration grace) {
        return on(cluster, "5m", grace);
    }

    @AfterAll
    void leave() {
        cluster.close();
    }

    @Test
    void aPodIsClaimedFromThePoolForATimeAndGivenBack() throws IOException {
        try (Cluster own = new Cluster(true)) {
            Session session = on(own, "5m", LONG).open();

            GenericKubernetesResource claim = own.claims().getFirst();
            assertThat(claim.<String>get("spec", "warmPoolRef", "name"))
                    .isEqualTo("threadwell-code");
            Map<String, Object> lifecycle = claim.get("spec", "lifecycle");
            assertThat(lifecycle).containsEntry("shutdownPolicy", "Delete");
            assertThat(Instant.parse(String.valueOf(lifecycle.get("shutdownTime"))))
                    .isAfter(Instant.now());

            session.close();
            await().atMost(LONG).until(() -> own.claims().isEmpty());
        }
    }

    @Test
    void aClaimThatGetsNoPodIsGivenUp() {
        try (Cluster full = new Cluster(false)) {
            KubernetesSandbox sandbox = on(full, "300ms", LONG);

            assertThatThrownBy(sandbox::open)
                    .isInstanceOf(IOException.class)
                    .hasMessage("no pod of threadwell-code became ready in time");
            assertThat(full.claims()).isEqualTo(List.of());
        }
    }
}
