package dev.threadwell.runworker.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.threadwell.runworker.Samples;
import dev.threadwell.runworker.turn.ModelEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The slots of a worker: never more runs than slots, and no run waits while a slot is free. */
class RunExecutionsTest {

    private final Vertx vertx = Vertx.vertx();
    private final ExecutionFixture fixture = new ExecutionFixture(Samples.run());

    @AfterEach
    void close() {
        fixture.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private RunExecutions executions(int places) {
        return new RunExecutions(vertx, fixture.ports(), places);
    }

    private static int reserved(RunExecutions executions, int wanted) {
        return executions.reserve(wanted).await().atMost(ExecutionFixture.LONG);
    }

    private static CompletableFuture<Integer> waiting(RunExecutions executions, int wanted) {
        return executions.reserve(wanted).subscribeAsCompletionStage();
    }

    @Test
    void asManyPlacesAreReservedAsAreFree() {
        RunExecutions executions = executions(5);

        assertThat(reserved(executions, 3)).isEqualTo(3);
        assertThat(reserved(executions, 3)).isEqualTo(2);
    }

    @Test
    void whoFindsNoPlaceWaitsForOne() {
        RunExecutions executions = executions(1);
        reserved(executions, 1);
        CompletableFuture<Integer> next = waiting(executions, 4);
        assertThat(next).isNotDone();

        executions.release(1);

        assertThat(next).isCompletedWithValue(1);
    }

    @Test
    void allWhoWaitAreServedOneAfterTheOther() {
        RunExecutions executions = executions(1);
        reserved(executions, 1);
        CompletableFuture<Integer> second = waiting(executions, 1);
        CompletableFuture<Integer> third = waiting(executions, 1);

        executions.release(1);
        assertThat(List.of(second.isDone(), third.isDone())).containsExactly(true, false);

        executions.release(1);
        assertThat(third).isCompletedWithValue(1);
    }

    @Test
    void whoStopsWaitingIsGivenNothing() {
        RunExecutions executions = executions(1);
        reserved(executions, 1);
        executions.reserve(1).subscribe().with(ignored -> {}).cancel();
        CompletableFuture<Integer> next = waiting(executions, 1);

        executions.release(1);

        assertThat(next).isCompletedWithValue(1);
    }

    @Test
    void whatIsUnderWayIsWaitedForBeforeTheEnd() throws InterruptedException {
        RunExecutions executions = executions(2);
        reserved(executions, 1);
        var soon = CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS);
        var _ = CompletableFuture.runAsync(() -> executions.release(1), soon);

        assertThat(executions.drained(ExecutionFixture.LONG)).isTrue();
    }

    @Test
    void theEndIsNotPutOffForLong() throws InterruptedException {
        RunExecutions executions = executions(2);
        reserved(executions, 1);

        assertThat(executions.drained(Duration.ofMillis(50))).isFalse();
    }

    @Test
    void nothingBeginsBeforeTheEnd() throws InterruptedException {
        RunExecutions executions = executions(2);
        reserved(executions, 2);
        CompletableFuture<Integer> next = waiting(executions, 1);

        executions.drained(Duration.ZERO);
        executions.release(2);

        assertThat(next).isNotDone();
        assertThat(waiting(executions, 1)).isNotDone();
    }

    @Test
    void underManyHandsNoPlaceIsLostAndNoneIsGivenTwice() throws InterruptedException {
        int places = 7;
        int rounds = 3_000;
        RunExecutions executions = executions(places);
        AtomicInteger taken = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger served = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < rounds; i++) {
                threads.execute(
                        () -> {
                            int wanted = ThreadLocalRandom.current().nextInt(1, 4);
                            executions
                                    .reserve(wanted)
                                    .subscribe()
                                    .with(
                                            got -> {
                                                most.accumulateAndGet(
                                                        taken.addAndGet(got), Math::max);
                                                threads.execute(
                                                        () -> {
                                                            taken.addAndGet(-got);
                                                            executions.release(got);
                                                            served.incrementAndGet();
                                                        });
                                            });
                        });
            }
            await().atMost(ExecutionFixture.LONG).until(() -> served.get() == rounds);
        }

        assertThat(most.get()).isBetween(1, places);
        assertThat(reserved(executions, places + 1)).isEqualTo(places);
    }

    @Test
    void aRunThatEndsGivesItsPlaceBack() {
        RunExecutions executions = executions(1);
        reserved(executions, 1);
        executions.start(fixture.runs.row(), fixture.fresh(), null);
        assertThat(executions.executes(Samples.RUN)).isTrue();
        CompletableFuture<Integer> next = waiting(executions, 1);
        fixture.untilAsked();

        fixture.says(new ModelEvent.Text("Hello"), new ModelEvent.Finished("stop"));
        fixture.stops();

        assertThat(next.orTimeout(ExecutionFixture.LONG.toSeconds(), TimeUnit.SECONDS).join())
                .isEqualTo(1);
        assertThat(executions.executes(Samples.RUN)).isFalse();
    }

    @Test
    void aRunThatIsBeingClaimedCountsAsExecuted() {
        RunExecutions executions = executions(1);
        CompletableFuture<String> claim = new CompletableFuture<>();

        CompletableFuture<String> claiming =
                executions
                        .claiming(List.of("run_1"), () -> Uni.createFrom().completionStage(claim))
                        .subscribeAsCompletionStage();

        assertThat(executions.executes("run_1")).isTrue();
        assertThat(executions.executes("run_2")).isFalse();
        claim.complete("claimed");
        assertThat(claiming).isCompletedWithValue("claimed");
        assertThat(executions.executes("run_1")).isFalse();
    }

    @Test
    void aClaimThatFailsIsOver() {
        RunExecutions executions = executions(1);

        CompletableFuture<String> claiming =
                executions
                        .claiming(
                                List.of("run_1"),
                                () -> Uni.createFrom().failure(new IllegalStateException("gone")))
                        .<String>map(String::valueOf)
                        .subscribeAsCompletionStage();

        assertThat(claiming).isCompletedExceptionally();
        assertThat(executions.executes("run_1")).isFalse();
    }

    @Test
    void aRunThatIsNotHeldIsNotStopped() {
        RunExecutions executions = executions(1);

        executions.stop("run_elsewhere");

        assertThat(executions.executes("run_elsewhere")).isFalse();
    }

    @Test
    void aWorkerHasAsManyPlacesAsItsHeapHasRoomFor() {
        long megabyte = 1024 * 1024;
        assertThat(RunExecutions.places(64 * megabyte)).isEqualTo(630);
        assertThat(RunExecutions.places(256 * megabyte)).isEqualTo(2_520);
        assertThat(RunExecutions.places(64 * 1024 * megabyte)).isEqualTo(5_000);
    }
}
