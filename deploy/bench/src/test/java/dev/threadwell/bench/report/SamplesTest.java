package dev.threadwell.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SamplesTest {

    private static Samples millis(long... values) {
        var samples = new Samples();
        LongStream.of(values).forEach(value -> samples.add(value * 1_000_000));
        return samples;
    }

    @Test
    void aPercentileIsTheSampleOfTheNearestRank() {
        var samples = millis(LongStream.rangeClosed(1, 200).toArray());

        assertThat(samples.p50()).isEqualTo(100);
        assertThat(samples.p99()).isEqualTo(198);
        assertThat(samples.millis(100)).isEqualTo(200);
    }

    @Test
    void theOrderOfArrivalDoesNotMatter() {
        assertThat(millis(9, 1, 5).p50()).isEqualTo(5);
    }

    @Test
    void samplesAddedAfterALookCount() {
        var samples = millis(5, 7);
        assertThat(samples.p50()).isEqualTo(5);

        samples.add(1_000_000);
        samples.add(2_000_000);

        assertThat(samples.p50()).isEqualTo(2);
        assertThat(samples.count()).isEqualTo(4);
    }

    @Test
    void whoeverWasEarlyHasANegativeDelay() {
        assertThat(millis(-3, -1, 2).p50()).isEqualTo(-1);
    }

    @Test
    void moreSamplesThanTheFirstArrayHoldsAreKept() {
        assertThat(millis(LongStream.rangeClosed(1, 5_000).toArray()).count()).isEqualTo(5_000);
    }

    @Test
    void nothingMeasuredHasNoPercentile() {
        var nothing = new Samples();

        assertThatThrownBy(nothing::p50).hasMessage("nothing was measured");
    }
}
