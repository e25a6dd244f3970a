package dev.threadwell.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void anOddNumberOfRoundsHasAMiddleOne() {
        assertThat(Spread.of(List.of(3.0, 1.0, 9.0))).isEqualTo(new Spread(3, 1, 9, 3));
    }

    @Test
    void anEvenNumberOfRoundsIsHalvedBetweenTwo() {
        assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 9.0)).median()).isEqualTo(3);
    }

    @Test
    void itsTextIsTheMedianAndTheExtremes() {
        assertThat(Spread.of(List.of(1234.56, 1000.0, 2000.0)).text(1))
                .isEqualTo("1,234.6 (1,000.0 to 2,000.0)");
    }
}
