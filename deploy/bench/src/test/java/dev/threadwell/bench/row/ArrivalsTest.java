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
    void aStreamThatLacksATokenIsNoMeasurement() {
        var cut = List.of(at(3, 1, 2));

        assertThatThrownBy(() -> Arrivals.gapsWhileAllRan(cut, gap -> {}))
                .hasMessage("a stream brought 2 of 3 tokens");
    }
}
