package dev.threadwell.bench.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClosedLoopTest {

    @Test
    void theNextPieceBeginsWhenTheLastOneIsDone() {
        List<Promise<Void>> begun = new ArrayList<>();
        var pieces = new ArrayDeque<>(List.of("a", "b"));

        var ended =
                ClosedLoop.over(
                        pieces,
                        piece -> {
                            begun.add(Promise.promise());
                            return begun.getLast().future();
                        });

        assertThat(begun).hasSize(1);
        begun.get(0).complete();
        assertThat(begun).hasSize(2);
        assertThat(ended.isComplete()).isFalse();
        begun.get(1).complete();
        assertThat(ended.succeeded()).isTrue();
    }

    @Test
    void workThatEndsAfterTheDeadlineDoesNotCount() {
        var done = new AtomicLong();

        var ended = ClosedLoop.until(System.nanoTime() - 1, Future::succeededFuture, done);

        assertThat(ended.succeeded()).isTrue();
        assertThat(done).hasValue(0);
    }

    @Test
    void aFailureEndsTheLoop() {
        var ended =
                ClosedLoop.until(
                        System.nanoTime() + 1_000_000_000,
                        () -> Future.failedFuture("refused"),
                        new AtomicLong());

        assertThat(ended.cause()).hasMessage("refused");
    }
}
