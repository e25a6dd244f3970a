package dev.threadwell.toolworker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What is done for a run ends with it, and with no other. */
class CancelledRunsTest {

    private static final Duration SOON = Duration.ofMinutes(1);

    private final CancelledRuns cancelled = new CancelledRuns();
    private final AtomicInteger givenUp = new AtomicInteger();

    /** Never done; says when it is given up. */
    private CompletableFuture<String> waits(String runId) {
        Uni<String> work = Uni.createFrom().emitter(_ -> {});
        return cancelled
                .unless(runId, work.onCancellation().invoke(givenUp::incrementAndGet))
                .subscribeAsCompletionStage();
    }

    @Test
    void workIsGivenUpWhenItsRunIsCancelled() {
        CompletableFuture<String> work = waits("run_1");

        cancelled.add("run_1");

        assertThatThrownBy(() -> work.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(CancelledRuns.Cancelled.class);
        assertThat(givenUp).hasValue(1);
    }

    @Test
    void workOfOtherRunsGoesOn() {
        CompletableFuture<String> work = waits("run_1");

        cancelled.add("run_2");

        assertThat(work).isNotDone();
        assertThat(givenUp).hasValue(0);
    }

    @Test
    void workOfACancelledRunDoesNotBegin() {
        AtomicInteger begun = new AtomicInteger();
        cancelled.add("run_1");

        assertThatThrownBy(
                        () ->
                                cancelled
                                        .unless(
                                                "run_1",
                                                Uni.createFrom().item(begun::incrementAndGet))
                                        .await()
                                        .atMost(SOON))
                .isInstanceOf(CancelledRuns.Cancelled.class);
        assertThat(begun).hasValue(0);
    }

    @Test
    void aWatchOfARunThatWasCancelledBeforeIsTold() {
        CompletableFuture<Void> told = new CompletableFuture<>();
        cancelled.add("run_1");

        try (var _ = cancelled.watch("run_1", () -> told.complete(null))) {
            assertThat(told).succeedsWithin(SOON);
        }
    }

    @Test
    void aWatchThatIsClosedIsNotTold() {
        CompletableFuture<Void> next = new CompletableFuture<>();
        cancelled.watch("run_1", givenUp::incrementAndGet).close();

        try (var _ = cancelled.watch("run_1", () -> next.complete(null))) {
            cancelled.add("run_1");
            assertThat(next).succeedsWithin(SOON);
        }

        assertThat(givenUp).hasValue(0);
    }

    @Test
    void workThatIsDoneLeavesTheNextOneItsSignal() {
        assertThat(cancelled.unless("run_1", Uni.createFrom().item("high")).await().atMost(SOON))
                .isEqualTo("high");
        CompletableFuture<String> work = waits("run_1");
        assertThat(work).isNotDone();

        cancelled.add("run_1");

        assertThat(work).failsWithin(SOON);
    }
}
