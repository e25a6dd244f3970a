package dev.threadwell.bench.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

    private static Arrivals at(int tokens, long... moments) {
        var arrivals = new Arrivals(tokens);
        LongStream.of(moments).forEach(arrivals::add);
        return arrivals;
    }

    @Test
    void gapsCountWhileAllStreamsAreUnderWay() {
        List<Long> gaps = new ArrayList<>();

        Arrivals.gapsWhileAllRan(List.of(at(4, 0, 10, 30, 60), at(4, 10, 21, 33, 46)), gaps::add);

        assertThat(gaps).containsExactly(20L, 11L, 12L, 13L);
    }

    @Test
    void theStreamsBeginningsLieSoFarApart() {
        assertThat(Arrivals.betweenFirstAndLastBegin(List.of(at(1, 30), at(1, 10), at(1, 25))))
                .isEqualTo(20);
    }

    @Test
    void streamsThatNeverRanTogetherAreNoMeasurement() {
        var apart = List.of(at(2, 1, 2), at(2, 3, 4));

        assertThatThrownBy(() -> Arrivals.gapsWhileAllRan(apart, gap -> {}))
                .hasMessageContaining("never 2 at once");
    }

    @Test
    void aStreamThatLacksATokenIsNoMeasurement() {
        var cut = at(3, 1, 2);

        assertThatThrownBy(cut::checkWhole).hasMessage("a stream brought 2 of 3 tokens");
    }
}
