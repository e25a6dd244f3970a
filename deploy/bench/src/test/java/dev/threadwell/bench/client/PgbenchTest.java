package dev.threadwell.bench.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PgbenchTest {

    @Test
    void itsRateIsTheOneWithoutTheTimeToConnect() {
        assertThat(
                        Pgbench.tps(
                                """
                                number of failed transactions: 0 (0.000%)
                                latency average = 12.3 ms
                                initial connection time = 45.6 ms
                                tps = 2601.234567 (without initial connection time)
                                """))
                .isEqualTo(2601.234567);
    }

    @Test
    void whatItSaysInsteadOfARateIsTheError() {
        assertThatThrownBy(() -> Pgbench.tps("pgbench: error: connection refused"))
                .hasMessageContaining("connection refused");
    }
}
