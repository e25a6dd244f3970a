package dev.threadwell.toolworker.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReaderRetryTest {

    private final ReaderRetry retry = new ReaderRetry(Duration.ofMillis(1), Duration.ofMillis(2));
    private final AtomicInteger attempts = new AtomicInteger();

    /** Fails so many times. */
    private String read(int failures, RuntimeException failure) {
        if (attempts.incrementAndGet() <= failures) {
            throw failure;
        }
        return "text";
    }

    private static String result(Uni<String> work) {
        return work.await().atMost(Duration.ofSeconds(60));
    }

    @Test
    void whatABrokenReaderFailsAtIsTriedAgain() {
        assertThat(result(retry.of(() -> read(3, new ReaderUnavailable("no class", null)))))
                .isEqualTo("text");
        assertThat(attempts).hasValue(4);
    }

    @Test
    void aReaderThatStaysBrokenIsGivenUp() {
        assertThatThrownBy(
                        () ->
                                result(
                                        retry.of(
                                                () ->
                                                        read(
                                                                99,
                                                                new ReaderUnavailable(
                                                                        "no class", null)))))
                .isInstanceOf(ReaderUnavailable.class);
        assertThat(attempts).hasValue(5);
    }

    @Test
    void anotherFailureIsNotRepeated() {
        assertThatThrownBy(() -> result(retry.of(() -> read(1, new IllegalStateException("x")))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(attempts).hasValue(1);
    }
}
