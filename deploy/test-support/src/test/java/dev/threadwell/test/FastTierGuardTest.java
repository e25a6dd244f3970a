package dev.threadwell.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

@Tag("server")
class FastTierGuardTest {

    private String tier;

    @BeforeEach
    void rememberTheTier() {
        tier = System.getProperty(FastTierGuard.TIER, "all");
    }

    @AfterEach
    void restoreTheTier() {
        System.setProperty(FastTierGuard.TIER, tier);
    }

    @AfterEach
    void endWhatIsLeft() {
        ProcessHandle.current()
                .children()
                .forEach(
                        child -> {
                            child.destroy();
                            child.onExit().join();
                        });
    }

    @Test
    void aClassThatStartsAProcessFailsInTheFastTier() {
        System.setProperty(FastTierGuard.TIER, "fast");

        assertThat(failuresOf(StartsAProcess.class)).isEqualTo(1);
    }

    @Test
    void aClassThatLeavesAProcessRunningFailsInTheFastTier() {
        System.setProperty(FastTierGuard.TIER, "fast");

        assertThat(failuresOf(LeavesAProcess.class)).isEqualTo(1);
    }

    @Test
    void aClassThatStartsNoProcessPassesInTheFastTier() {
        System.setProperty(FastTierGuard.TIER, "fast");

        assertThat(failuresOf(StartsNothing.class)).isZero();
    }

    @Test
    void anyClassMayStartProcessesWhenAllTestsRun() {
        System.setProperty(FastTierGuard.TIER, "all");

        assertThat(failuresOf(StartsAProcess.class)).isZero();
    }

    private static long failuresOf(Class<?> tests) {
        var summary = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(tests))
                                .configurationParameter(
                                        "junit.jupiter.extensions.autodetection.enabled", "true")
                                .build(),
                        summary);
        return summary.getSummary().getContainersFailedCount();
    }

    /** Not found by itself: its name does not end with Test. */
    static class StartsAProcess {
        @Test
        void starts() throws Exception {
            new ProcessBuilder("true").start().waitFor();
        }
    }

    static class LeavesAProcess {
        @Test
        void starts() throws Exception {
            new ProcessBuilder("sleep", "1000").start();
        }
    }

    static class StartsNothing {
        @Test
        void passes() {}
    }
}
