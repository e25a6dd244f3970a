package dev.threadwell.runworker.hold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.threadwell.runworker.Samples;
import dev.threadwell.runworker.turn.ModelEvent;
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

/** A worker's places: never more than it has, and nobody waits for one that is free. */
class HoldsTest {

    private final Vertx vertx = Vertx.vertx();
    private final World world = new World(Samples.run());

    @AfterEach
    void close() {
        world.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private Holds holds(int places) {
        return new Holds(vertx, world.services(), World.config(places));
    }

    private static int reserved(Holds holds, int wanted) {
        return holds.reserve(wanted).await().atMost(World.LONG);
    }

    private static CompletableFuture<Integer> waiting(Holds holds, int wanted) {
        return holds.reserve(wanted).subscribeAsCompletionStage();
    }

    @Test
    void asManyPlacesAreReservedAsAreFree() {
        Holds holds = holds(5);

        assertThat(reserved(holds, 3)).isEqualTo(3);
        assertThat(reserved(holds, 3)).isEqualTo(2);
    }

    @Test
    void whoFindsNoPlaceWaitsForOne() {
        Holds holds = holds(1);
        reserved(holds, 1);
        CompletableFuture<Integer> next = waiting(holds, 4);
        assertThat(next).isNotDone();

        holds.giveBack(1);

        assertThat(next).isCompletedWithValue(1);
    }

    @Test
    void allWhoWaitAreServedOneAfterTheOther() {
        Holds holds = holds(1);
        reserved(holds, 1);
        CompletableFuture<Integer> second = waiting(holds, 1);
        CompletableFuture<Integer> third = waiting(holds, 1);

        holds.giveBack(1);
        assertThat(List.of(second.isDone(), third.isDone())).containsExactly(true, false);

        holds.giveBack(1);
        assertThat(third).isCompletedWithValue(1);
    }

    @Test
    void whoStopsWaitingIsGivenNothing() {
        Holds holds = holds(1);
        reserved(holds, 1);
        holds.reserve(1).subscribe().with(ignored -> {}).cancel();
        CompletableFuture<Integer> next = waiting(holds, 1);

        holds.giveBack(1);

        assertThat(next).isCompletedWithValue(1);
    }

    @Test
    void whatIsUnderWayIsWaitedForBeforeTheEnd() throws InterruptedException {
        Holds holds = holds(2);
        reserved(holds, 1);
        var soon = CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS);
        var _ = CompletableFuture.runAsync(() -> holds.giveBack(1), soon);

        assertThat(holds.drained(World.LONG)).isTrue();
    }

    @Test
    void theEndIsNotPutOffForLong() throws InterruptedException {
        Holds holds = holds(2);
        reserved(holds, 1);

        assertThat(holds.drained(Duration.ofMillis(50))).isFalse();
    }

    @Test
    void nothingBeginsBeforeTheEnd() throws InterruptedException {
        Holds holds = holds(2);
        reserved(holds, 2);
        CompletableFuture<Integer> next = waiting(holds, 1);

        holds.drained(Duration.ZERO);
        holds.giveBack(2);

        assertThat(next).isNotDone();
        assertThat(waiting(holds, 1)).isNotDone();
    }

    @Test
    void underManyHandsNoPlaceIsLostAndNoneIsGivenTwice() throws InterruptedException {
        int places = 7;
        int rounds = 3_000;
        Holds holds = holds(places);
        AtomicInteger taken = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger served = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < rounds; i++) {
                threads.execute(
                        () -> {
                            int wanted = ThreadLocalRandom.current().nextInt(1, 4);
                            holds.reserve(wanted)
                                    .subscribe()
                                    .with(
                                            got -> {
                                                most.accumulateAndGet(
                                                        taken.addAndGet(got), Math::max);
                                                threads.execute(
                                                        () -> {
                                                            taken.addAndGet(-got);
                                                            holds.giveBack(got);
                                                            served.incrementAndGet();
                                                        });
                                            });
                        });
            }
            await().atMost(World.LONG).until(() -> served.get() == rounds);
        }

        assertThat(most.get()).isBetween(1, places);
        assertThat(reserved(holds, places + 1)).isEqualTo(places);
    }

    @Test
    void aRunThatEndsGivesItsPlaceBack() {
        Holds holds = holds(1);
        reserved(holds, 1);
        holds.begin(world.runs.row(), world.fresh());
        assertThat(holds.holds(Samples.RUN)).isTrue();
        CompletableFuture<Integer> next = waiting(holds, 1);
        world.untilAsked();

        world.says(new ModelEvent.Text("Hello"), new ModelEvent.Finished("stop"));
        world.stops();

        assertThat(next.orTimeout(World.LONG.toSeconds(), TimeUnit.SECONDS).join()).isEqualTo(1);
        assertThat(holds.holds(Samples.RUN)).isFalse();
    }

    @Test
    void aRunThatIsNotHeldIsNotStopped() {
        Holds holds = holds(1);

        holds.stop("run_elsewhere");

        assertThat(holds.holds("run_elsewhere")).isFalse();
    }
}
