package dev.threadwell.toolworker.drain;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A worker that is told to stop finishes what it can, and says nothing of the rest. */
class InFlightWorkTest {

    private static final Duration SOON = Duration.ofMinutes(1);

    private final CompletableFuture<String> source = new CompletableFuture<>();

    private CompletableFuture<String> begun(InFlightWork work) {
        return work.of(() -> Uni.createFrom().completionStage(source).chain(work::unlessCutOff))
                .subscribeAsCompletionStage();
    }

    private static void stop(InFlightWork work) throws InterruptedException {
        work.stop(new ShutdownEvent());
    }

    @Test
    void whatIsOverInTimeCounts() throws InterruptedException {
        InFlightWork work = new InFlightWork(SOON);
        CompletableFuture<String> outcome = begun(work);
        source.completeOnTimeout("done", 100, TimeUnit.MILLISECONDS);

        stop(work);

        assertThat(outcome).succeedsWithin(SOON).isEqualTo("done");
        assertThat(work.isOver()).isTrue();
    }

    @Test
    void whatIsOverTooLateComesToNothing() throws InterruptedException {
        InFlightWork work = new InFlightWork(Duration.ofMillis(50));
        CompletableFuture<String> outcome = begun(work);

        stop(work);
        source.complete("cut off");

        assertThat(outcome).isNotDone();
    }

    @Test
    void whatFailsTooLateComesToNothing() throws InterruptedException {
        InFlightWork work = new InFlightWork(Duration.ofMillis(50));
        CompletableFuture<String> outcome = begun(work);

        stop(work);
        source.completeExceptionally(new IllegalStateException("closed"));

        assertThat(outcome).isNotDone();
    }

    @Test
    void whatFailsBeforeFails() {
        CompletableFuture<String> outcome = begun(new InFlightWork(SOON));

        source.completeExceptionally(new IllegalStateException("no"));

        assertThat(outcome).isCompletedExceptionally();
    }

    @Test
    void nothingBeginsOnceItStops() throws InterruptedException {
        InFlightWork work = new InFlightWork(SOON);
        stop(work);

        CompletionStage<String> outcome =
                work.of(
                                () -> {
                                    throw new AssertionError("begun");
                                })
                        .map(Object::toString)
                        .subscribeAsCompletionStage();

        assertThat(outcome.toCompletableFuture()).isNotDone();
    }
}
