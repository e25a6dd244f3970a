package dev.threadwell.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.threadwell.flow.Eventually;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A pod of each kind dies under load. Connections to it break, so clients repeat requests as the
 * SDKs do; no run is lost.
 */
@OnCluster
@Order(4)
class CrashTest {

    private static final int BEFORE = 40;

    private final Installation installation;

    CrashTest(Installation installation) {
        this.installation = installation;
    }

    @ParameterizedTest
    @EnumSource
    void noRunBreaksWhenAProcessIsKilled(Kind kind) {
        Pod pod = installation.pods(kind).getFirst();
        assumeFalse(pod.jvms().isEmpty(), "the processes of pods cannot be seen from here");
        try (Load load = Load.withRetries(installation.http()).forRuns(BEFORE)) {
            long began = System.nanoTime();
            pod.jvms().forEach(ProcessHandle::destroyForcibly);
            Eventually.isTrue("it is started again", () -> restarts(kind, pod) > pod.restarts());
            installation.heals();
            var took = Installation.since(began);

            var report = load.forRuns(BEFORE).ends();

            Figures.add("kill -9 of the process of a " + kind, took, report.inWords());
            report.isFlawless();
        }
    }

    private int restarts(Kind kind, Pod before) {
        return installation.pods(kind).stream()
                .filter(pod -> pod.name().equals(before.name()))
                .mapToInt(Pod::restarts)
                .sum();
    }

    @ParameterizedTest
    @EnumSource
    void noRunBreaksWhenAPodIsDeletedByForce(Kind kind) {
        Pod pod = installation.pods(kind).getFirst();
        try (Load load = Load.withRetries(installation.http()).forRuns(BEFORE)) {
            long began = System.nanoTime();
            installation.kubectl().deletesByForce(pod);
            installation.replaces(kind, pod);
            var took = Installation.since(began);

            var report = load.forRuns(BEFORE).ends();

            Figures.add("a %s deleted by force".formatted(kind), took, report.inWords());
            report.isFlawless();
            assertThat(installation.kubectl().has(pod)).isFalse();
        }
    }
}
