package dev.threadwell.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackOffTest {

    private static final Duration YOUNG = Duration.ofSeconds(1);
    private static final Duration OLD = Duration.ofMinutes(1);

    private final BackOff backOff = new BackOff();

    @Test
    void thePauseGrowsWhileTheProcessDiesYoungAndHasAnEnd() {
        assertThat(Stream.generate(() -> backOff.afterLifeOf(YOUNG)).limit(9))
                .extracting(Duration::toMillis)
                .containsExactly(100L, 200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 10_000L, 10_000L);
        assertThat(backOff.deaths()).isEqualTo(9);
    }

    @Test
    void aProcessThatHasLivedForAWhileIsStartedAgainAtOnce() {
        backOff.afterLifeOf(YOUNG);
        backOff.afterLifeOf(YOUNG);

        assertThat(backOff.afterLifeOf(OLD)).isEqualTo(Duration.ofMillis(100));
        assertThat(backOff.deaths()).isEqualTo(1);
    }
}
