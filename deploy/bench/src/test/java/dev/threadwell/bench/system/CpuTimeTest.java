package dev.threadwell.bench.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CpuTimeTest {

    @Test
    void userAndSystemTimeAreAddedWhateverTheProcessIsCalled() {
        String stat = "42 (a (strange) name) S 1 42 42 0 -1 4194560 100 0 0 0 250 150 0 0 20 0 9 0";

        assertThat(CpuTime.seconds(stat)).isEqualTo(4.0);
    }

    @Test
    void whatWasUsedBetweenTwoMomentsIsTheirDifference() {
        var before = new CpuTime(Map.of("kafka", 1.5));
        var after = new CpuTime(Map.of("kafka", 4.0));

        assertThat(after.since(before).seconds()).isEqualTo(Map.of("kafka", 2.5));
    }
}
