package dev.threadwell.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is away is waited for, who refuses is not. */
class OutagesTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final AtomicInteger tries = new AtomicInteger();

    /** Fails with this so often, and says then which try it was. */
    private Uni<Integer> failing(int times, Throwable failure) {
        return Uni.createFrom()
                .deferred(
                        () ->
                                tries.incrementAndGet() > times
                                        ? Uni.createFrom().item(tries.get())
                                        : Uni.createFrom().failure(failure));
    }

    private static PgException refusal(String state) {
        return new PgException("no", "ERROR", state, "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "57P01", "53300", "40001"})
    void aDatabaseThatIsAwayIsAskedAgain(String state) {
        assertThat(Outages.outlasted(failing(2, refusal(state))).await().atMost(LONG)).isEqualTo(3);
    }

    @Test
    void aConnectionThatBreaksIsMadeAgain() {
        assertThat(Outages.outlasted(failing(1, new IOException("cut"))).await().atMost(LONG))
                .isEqualTo(2);
    }

    @Test
    void whatADatabaseRefusesIsNotAskedAgain() {
        PgException refusal = refusal("23505");
        assertThatThrownBy(() -> Outages.outlasted(failing(2, refusal)).await().atMost(LONG))
                .isEqualTo(refusal);
        assertThat(tries).hasValue(1);
    }

    @Test
    void whileThereIsPatienceAnOutageIsNoFailure() {
        Uni<Integer> work = failing(2, new IOException("cut"));
        assertThat(Outages.outlasted(work, LONG).await().atMost(LONG)).isEqualTo(3);
    }

    @Test
    void anOutageThatLastsTooLongIsAFailure() {
        Duration patience = Duration.ofMillis(300);
        Uni<Integer> work = failing(Integer.MAX_VALUE, new IOException("cut"));
        assertThatThrownBy(() -> Outages.outlasted(work, patience).await().atMost(LONG))
                .isNotInstanceOf(io.smallrye.mutiny.TimeoutException.class)
                .matches(Outages::isOutage);
        assertThat(tries).hasPositiveValue();
    }

    @Test
    void anOutageIsKnownByItsCauseToo() {
        assertThat(Outages.isOutage(new IllegalStateException(new IOException("cut")))).isTrue();
        assertThat(Outages.isOutage(new CompletionException(refusal("57P03")))).isTrue();
        assertThat(Outages.isOutage(new CompletionException(refusal("22P05")))).isFalse();
        assertThat(Outages.isOutage(new NullPointerException())).isFalse();
    }

    /** Bytes that are not there, and texts that cannot be read, do not get better by waiting. */
    @Test
    void whatIsMissingOrCannotBeReadIsNoOutage() {
        assertThat(Outages.isOutage(new UncheckedIOException(new NoSuchFileException("blob"))))
                .isFalse();
        assertThatThrownBy(() -> Json.read("{", Map.class))
                .matches(failure -> !Outages.isOutage(failure));
    }
}
