package dev.threadwell.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutageTest {

    private static PgException refused(String state) {
        return new PgException("message", "ERROR", state, "detail");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "57014", "57P01", "57P02", "57P03", "53300", "53100", "08006", "08P01", "58030",
                "40001", "40P01", "55P03", "25006"
            })
    void whatPassesIsAnOutage(String state) {
        assertThat(Outage.isCauseOf(refused(state))).isTrue();
        assertThat(Outage.isCauseOf(new CompletionException(refused(state)))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "42601", "22P05", "0A000", "42P01", "", "5"})
    void whatIsWrongWithAStatementIsNone(String state) {
        assertThat(Outage.isCauseOf(refused(state))).isFalse();
    }

    @Test
    void aConnectionThatIsNotThereIsAnOutage() {
        assertThat(Outage.isCauseOf(new ConnectException("refused"))).isTrue();
        assertThat(Outage.isCauseOf(ClosedConnectionException.INSTANCE)).isTrue();
        assertThat(Outage.isCauseOf(new TimeoutException())).isTrue();
        assertThat(Outage.isCauseOf(new NoStackTraceThrowable("Timeout"))).isTrue();
        assertThat(Outage.isCauseOf(new IOException("Connection reset by peer"))).isTrue();
    }

    @Test
    void aFaultOfOursIsNone() {
        assertThat(Outage.isCauseOf(new IllegalStateException("a bug"))).isFalse();
        assertThat(Outage.isCauseOf(new IOException("disk full"))).isFalse();
        Exception one = new IllegalStateException("one");
        Exception other = new IllegalStateException("other", one);
        one.initCause(other);
        assertThat(Outage.isCauseOf(one)).isFalse();
    }
}
