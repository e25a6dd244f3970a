package dev.threadwell.platform.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PeriodicJobTest {

    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HandSetTimer timer = new HandSetTimer();
    private int rounds;

    private PeriodicJob job(Supplier<Uni<Boolean>> work) {
        return PeriodicJob.start(
                timer,
                "test",
                PAUSE,
                PATIENCE,
                () -> {
                    rounds++;
                    return work.get();
                });
    }

    private static Uni<Boolean> done() {
        return Uni.createFrom().item(false);
    }

    @Test
    void theFirstRoundBeginsAfterAPause() {
        job(PeriodicJobTest::done);
        timer.passes(PAUSE.minusMillis(1));
        assertThat(rounds).isZero();
        timer.passes(Duration.ofMillis(1));
        assertThat(rounds).isEqualTo(1);
    }

    @Test
    void aRoundFollowsAPauseAfterTheEndOfTheLast() {
        List<UniEmitter<? super Boolean>> underWay = new ArrayList<>();
        job(() -> Uni.createFrom().emitter(underWay::add));
        timer.passes(PAUSE.plusSeconds(30));
        assertThat(rounds).isEqualTo(1);

        underWay.getFirst().complete(false);
        timer.passes(PAUSE.minusMillis(1));
        assertThat(rounds).isEqualTo(1);
        timer.passes(Duration.ofMillis(1));
        assertThat(rounds).isEqualTo(2);
    }

    @Test
    void afterAFullBatchTheNextRoundBeginsAtOnce() {
        List<Integer> found = new ArrayList<>(List.of(100, 100, 99));
        job(PeriodicJob.batches(100, () -> Uni.createFrom().item(found.removeFirst())));
        timer.passes(PAUSE);
        assertThat(rounds).isEqualTo(3);
    }

    @Test
    void aRoundThatFailsIsFollowedByTheNext() {
        job(
                () ->
                        rounds == 1
                                ? Uni.createFrom().failure(new IllegalStateException("away"))
                                : done());
        timer.passes(PAUSE.multipliedBy(3));
        assertThat(rounds).isEqualTo(3);
    }

    @Test
    void aRoundThatThrowsIsFollowedByTheNext() {
        job(
                () -> {
                    if (rounds == 1) {
                        throw new StackOverflowError();
                    }
                    return done();
                });
        timer.passes(PAUSE.multipliedBy(3));
        assertThat(rounds).isEqualTo(3);
    }

    @Test
    void aRoundThatDoesNotEndIsCancelledAndFollowedByTheNext() {
        List<String> cancelled = new ArrayList<>();
        job(
                () ->
                        Uni.createFrom()
                                .<Boolean>nothing()
                                .onCancellation()
                                .invoke(() -> cancelled.add("round " + rounds)));
        timer.passes(PAUSE.plus(PATIENCE).plus(PAUSE));
        assertThat(cancelled).containsExactly("round 1");
        assertThat(rounds).isEqualTo(2);
    }

    @Test
    void aRoundThatWasGivenUpIsNotCountedWhenItEndsAfterAll() {
        List<UniEmitter<? super Boolean>> underWay = new ArrayList<>();
        job(() -> Uni.createFrom().emitter(underWay::add));
        timer.passes(PAUSE.plus(PATIENCE));
        underWay.getFirst().complete(true);
        timer.passes(PAUSE.minusMillis(1));
        assertThat(rounds).isEqualTo(1);
    }

    @Test
    void noRoundBeginsAfterTheJobIsStopped() {
        PeriodicJob job = job(PeriodicJobTest::done);
        timer.passes(PAUSE);
        job.stop();
        timer.passes(PAUSE.multipliedBy(5));
        assertThat(rounds).isEqualTo(1);
    }

    @Test
    void aJobThatIsStoppedIsSoonNotAtWork() {
        PeriodicJob job = job(PeriodicJobTest::done);
        timer.passes(PAUSE.multipliedBy(100));
        assertThat(job.isAtWork()).isTrue();
        job.stop();
        timer.passes(PAUSE.plus(PATIENCE.multipliedBy(2)).plusSeconds(11));
        assertThat(job.isAtWork()).isFalse();
    }

    @Test
    void aJobWhoseRoundsHangIsAtWork() {
        PeriodicJob job = job(() -> Uni.createFrom().nothing());
        for (int i = 0; i < 100; i++) {
            timer.passes(PAUSE);
            assertThat(job.isAtWork()).isTrue();
        }
    }

    @Test
    void noTimerIsLeftOfARoundThatHasEnded() {
        job(PeriodicJobTest::done);
        timer.passes(PAUSE.multipliedBy(100));
        assertThat(timer.tasks).hasSize(1);
    }

    /** A clock and timer that the test advances. */
    private static final class HandSetTimer implements JobTimer {

        private record Task(long at, Runnable work) {}

        private final List<Task> tasks = new ArrayList<>();
        private long now;

        void passes(Duration time) {
            long end = now + time.toNanos();
            while (true) {
                Task next = tasks.stream().min(Comparator.comparing(Task::at)).orElse(null);
                if (next == null || next.at() > end) {
                    now = end;
                    return;
                }
                tasks.remove(next);
                now = next.at();
                next.work().run();
            }
        }

        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        public Cancellable after(Duration pause, Runnable work) {
            Task task = new Task(now + pause.toNanos(), work);
            tasks.add(task);
            return () -> tasks.remove(task);
        }
    }
}
