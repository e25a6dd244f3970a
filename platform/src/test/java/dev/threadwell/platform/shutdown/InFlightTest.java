package dev.threadwell.platform.shutdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InFlightTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final InFlight requests = new InFlight();

    @Test
    void theEndWaitsForWhatIsUnderWay() throws InterruptedException {
        requests.begin();
        CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS).execute(requests::end);

        assertThat(requests.drain(LONG)).isZero();
    }

    @Test
    void theEndWaitsNoLongerThanItMay() throws InterruptedException {
        requests.begin();
        requests.begin();

        assertThat(requests.drain(Duration.ofMillis(50))).isEqualTo(2);
    }

    @Test
    void anEndWithNothingUnderWayComesAtOnce() throws InterruptedException {
        requests.begin();
        requests.end();

        assertThat(requests.drain(LONG)).isZero();
    }

    @Test
    void theEndWaitsUntilNothingHasBegunForAWhile() throws InterruptedException {
        var quiet = Duration.ofMillis(200);
        long began = System.nanoTime();
        requests.begin();
        requests.end();

        assertThat(requests.drain(LONG, quiet)).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(quiet);
    }

    @Test
    void theEndWaitsForQuietNoLongerThanItMay() throws InterruptedException {
        requests.begin();
        requests.end();

        assertThat(requests.drain(Duration.ofMillis(50), LONG)).isZero();
    }

    @Test
    void anEndAfterALongQuietComesAtOnce() throws InterruptedException {
        assertThat(requests.drain(LONG, Duration.ofSeconds(30))).isZero();
    }

    @Test
    void whoBeginsDuringTheEndIsTold() throws InterruptedException {
        assertThat(requests.begin()).isTrue();
        requests.end();
        requests.drain(LONG);

        assertThat(requests.begin()).isFalse();
    }
}
