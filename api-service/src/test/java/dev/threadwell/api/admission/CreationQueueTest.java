package dev.threadwell.api.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CreationQueueTest {

    private final List<String> entered = new ArrayList<>();
    private long now;
    private final CreationQueue queue = new CreationQueue(2, () -> now);

    private Cancellable enters(String who) {
        return queue.enter(Runnable::run).subscribe().with(_ -> entered.add(who));
    }

    @Test
    void noMoreThanTheLimitProceedAtATime() {
        enters("a");
        enters("b");
        enters("c");
        assertThat(entered).containsExactly("a", "b");
    }

    @Test
    void whoHasWaitedLongestIsNext() {
        for (String who : List.of("a", "b", "c", "d")) {
            enters(who);
        }
        queue.leave();
        assertThat(entered).containsExactly("a", "b", "c");
        queue.leave();
        queue.leave();
        queue.leave();
        enters("e");
        assertThat(entered).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void itSaysHowManyWaitAndForHowLong() {
        enters("a");
        enters("b");
        assertThat(queue.state()).isEqualTo(new CreationQueue.State(0, Duration.ZERO));
        enters("c");
        now = 7_000_000;
        enters("d");
        assertThat(queue.state()).isEqualTo(new CreationQueue.State(2, Duration.ofMillis(7)));
        queue.leave();
        assertThat(queue.state()).isEqualTo(new CreationQueue.State(1, Duration.ZERO));
    }

    @Test
    void whoGoesWhileItWaitsTakesNoPlace() {
        enters("a");
        enters("b");
        Cancellable gone = enters("c");
        enters("d");
        gone.cancel();
        queue.leave();
        assertThat(entered).containsExactly("a", "b", "d");
        queue.leave();
        queue.leave();
        enters("e");
        enters("f");
        assertThat(entered).containsExactly("a", "b", "d", "e", "f");
    }

    @Test
    void whoGoesWhenItsTurnHasComeGivesThePlaceToTheNext() {
        List<Runnable> later = new ArrayList<>();
        enters("a");
        enters("b");
        Cancellable gone = queue.enter(later::add).subscribe().with(_ -> entered.add("c"));
        enters("d");
        queue.leave();
        gone.cancel();
        later.forEach(Runnable::run);
        assertThat(entered).containsExactly("a", "b", "d");
    }
}
