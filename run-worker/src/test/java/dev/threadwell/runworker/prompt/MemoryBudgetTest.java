package dev.threadwell.runworker.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.runworker.prompt.MemoryBudget.Share;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Reservations together never exceed the budget, and waiting ones are served in order. */
class MemoryBudgetTest {

    private final MemoryBudget budget = new MemoryBudget(100);
    private final Share first = budget.share();
    private final Share second = budget.share();
    private final Share third = budget.share();

    private static CompletableFuture<Boolean> reserve(Share share, long bytes) {
        return share.reserve(bytes).subscribeAsCompletionStage();
    }

    @Test
    void whatFitsIsReservedAtOnceAndWhatDoesNotWaits() {
        assertThat(reserve(first, 60)).isDone();
        CompletableFuture<Boolean> waiting = reserve(second, 60);
        assertThat(waiting).isNotDone();

        first.close();

        assertThat(waiting).isDone();
    }

    @Test
    void oneThatIsLargerThanEverythingGetsEverything() {
        assertThat(reserve(first, 1_000)).isDone();
        assertThat(reserve(second, 1)).isNotDone();
    }

    @Test
    void smallOnesDoNotPassALargeOneThatWaits() {
        reserve(first, 50);
        CompletableFuture<Boolean> large = reserve(second, 90);
        CompletableFuture<Boolean> small = reserve(third, 10);
        assertThat(small).isNotDone();

        first.close();

        assertThat(large).isDone();
        assertThat(small).isDone();
    }

    @Test
    void whatIsNotNeededAnyMoreIsGivenBack() {
        reserve(first, 90);
        CompletableFuture<Boolean> waiting = reserve(second, 50);

        first.shrink(95);
        assertThat(waiting).isNotDone();
        first.shrink(40);

        assertThat(waiting).isDone();
    }

    @Test
    void whoReservesAgainGivesBackFirst() {
        reserve(first, 90);
        CompletableFuture<Boolean> waiting = reserve(second, 90);

        CompletableFuture<Boolean> again = reserve(first, 100);

        assertThat(waiting).isDone();
        assertThat(again).isNotDone();
        second.close();
        assertThat(again).isDone();
    }

    @Test
    void closingTwiceOrWithoutAReservationChangesNothing() {
        reserve(first, 60);
        first.close();
        first.close();
        second.close();

        assertThat(reserve(third, 100)).isDone();
        assertThat(reserve(budget.share(), 1)).isNotDone();
    }

    /**
     * The work of a closed reservation may still be in progress; it reserves nothing more and does
     * not wait.
     */
    @Test
    void whoIsClosedNeitherWaitsNorHas() {
        reserve(first, 60);
        CompletableFuture<Boolean> gone = reserve(second, 90);
        second.close();
        assertThat(gone).isDone();
        assertThat(reserve(second, 90)).isDone();

        assertThat(reserve(third, 40)).isDone();
    }
}
