package dev.threadwell.toolworker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Calls of many threads at a time, of one thread one after the other. */
class KeyedExecutorTest {

    private static final Duration SOON = Duration.ofMinutes(1);

    private final KeyedExecutor executor = new KeyedExecutor(2);
    private final CompletableFuture<Void> gate = new CompletableFuture<>();

    @Test
    void oneThreadsCallsAreExecutedInTheOrderInWhichTheyCame() {
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        var _ = executor.start("a", gate::join);
        CompletableFuture<Void> last = new CompletableFuture<>();
        for (int i = 0; i < 100; i++) {
            int n = i;
            last = executor.start("a", () -> order.add(n));
        }
        gate.complete(null);

        assertThat(last).succeedsWithin(SOON);
        assertThat(order).hasSize(100).isSorted();
    }

    @Test
    void aThreadDoesNotWaitForAnother() {
        var _ = executor.start("a", gate::join);

        assertThat(executor.start("b", () -> {})).succeedsWithin(SOON);
        gate.complete(null);
    }

    @Test
    void aCallThatFailsDoesNotKeepTheNextOneOut() {
        var _ =
                executor.start(
                        "a",
                        () -> {
                            throw new IllegalStateException();
                        });

        assertThat(executor.start("a", () -> {})).succeedsWithin(SOON);
    }

    @Test
    void thereIsRoomAgainWhenACallHasEnded() {
        var _ = executor.start("a", gate::join);
        assertThat(executor.room()).isCompleted();
        var _ = executor.start("b", gate::join);

        CompletableFuture<Void> room = executor.room();
        assertThat(room).isNotDone();
        gate.complete(null);

        assertThat(room).succeedsWithin(SOON);
    }
}
