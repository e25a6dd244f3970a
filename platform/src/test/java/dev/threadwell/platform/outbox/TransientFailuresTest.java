package dev.threadwell.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.threadwell.wire.Json;
import io.netty.channel.ConnectTimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.DisconnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transient failures are retried, permanent ones are not. */
class TransientFailuresTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final AtomicInteger tries = new AtomicInteger();

    /** Fails with this so many times, and then returns the number of the attempt. */
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
        assertThat(TransientFailures.retried(failing(2, refusal(state))).await().atMost(LONG))
                .isEqualTo(3);
    }

    @Test
    void aConnectionThatBreaksIsMadeAgain() {
        assertThat(
                        TransientFailures.retried(failing(1, new IOException("cut")))
                                .await()
                                .atMost(LONG))
                .isEqualTo(2);
    }

    @Test
    void whatADatabaseRefusesIsNotAskedAgain() {
        PgException refusal = refusal("23505");
        assertThatThrownBy(
                        () -> TransientFailures.retried(failing(2, refusal)).await().atMost(LONG))
                .isEqualTo(refusal);
        assertThat(tries).hasValue(1);
    }

    @Test
    void whileThereIsPatienceAnOutageIsNoFailure() {
        Uni<Integer> work = failing(2, new IOException("cut"));
        assertThat(TransientFailures.retried(work, LONG).await().atMost(LONG)).isEqualTo(3);
    }

    @Test
    void anOutageThatLastsTooLongIsAFailure() {
        Duration patience = Duration.ofMillis(300);
        Uni<Integer> work = failing(Integer.MAX_VALUE, new IOException("cut"));
        assertThatThrownBy(() -> TransientFailures.retried(work, patience).await().atMost(LONG))
                .isNotInstanceOf(io.smallrye.mutiny.TimeoutException.class)
                .matches(TransientFailures::isOutage);
        assertThat(tries).hasPositiveValue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "57014", "57P01", "57P02", "57P03", "53300", "53100", "08006", "08P01", "58030",
                "40001", "40P01", "55P03", "25P03", "25006"
            })
    void aStatementThatPostgresCouldNotCarryOutNowFailsForAWhile(String state) {
        assertThat(TransientFailures.isOutage(refusal(state))).isTrue();
        assertThat(TransientFailures.isOutage(new CompletionException(refusal(state)))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "42601", "22P05", "0A000", "42P01", "25001", "", "5", "08"})
    void aStatementThatIsWrongFailsForGood(String state) {
        assertThat(TransientFailures.isOutage(refusal(state))).isFalse();
        assertThat(TransientFailures.isOutage(new CompletionException(refusal(state)))).isFalse();
    }

    static Stream<Throwable> failuresThatPass() {
        return Stream.of(
                new ConnectException("refused"),
                new IOException("Connection reset by peer"),
                new ConnectTimeoutException(),
                ClosedConnectionException.INSTANCE,
                // The pool's failure when no connection becomes free in time.
                Future.failedFuture("Timeout").cause(),
                new TimeoutException(),
                new io.smallrye.mutiny.TimeoutException(),
                new DisconnectException(),
                new IllegalStateException(new IOException("cut")));
    }

    @ParameterizedTest
    @MethodSource("failuresThatPass")
    void aServerThatCannotBeReachedIsAnOutage(Throwable failure) {
        assertThat(TransientFailures.isOutage(failure)).isTrue();
        assertThat(TransientFailures.isOutage(new CompletionException(failure))).isTrue();
    }

    @Test
    void anOutageIsKnownByItsSuppressedFailures() {
        var failure = new IllegalStateException("closing failed, too");
        failure.addSuppressed(new IOException("cut"));
        assertThat(TransientFailures.isOutage(failure)).isTrue();
    }

    @Test
    void aFaultOfTheProgramIsNoOutage() {
        assertThat(TransientFailures.isOutage(new NullPointerException())).isFalse();
        assertThat(TransientFailures.isOutage(new OutOfMemoryError())).isFalse();
    }

    @Test
    void causesInACircleAreNoOutage() {
        Exception one = new IllegalStateException("one");
        one.initCause(new IllegalStateException("other", one));
        assertThat(TransientFailures.isOutage(one)).isFalse();
    }

    /** Missing files and undecodable texts are permanent failures. */
    @Test
    void whatIsMissingOrCannotBeReadIsNoOutage() {
        assertThat(
                        TransientFailures.isOutage(
                                new UncheckedIOException(new NoSuchFileException("blob"))))
                .isFalse();
        assertThatThrownBy(() -> Json.read("{", Map.class))
                .matches(failure -> !TransientFailures.isOutage(failure));
    }

    @Test
    void aFullDiskIsNoOutage() {
        String full = "No space left on device";
        assertThat(TransientFailures.isOutage(new IOException(full))).isFalse();
        assertThat(TransientFailures.isOutage(new FileSystemException("blob", null, full)))
                .isFalse();
    }
}
