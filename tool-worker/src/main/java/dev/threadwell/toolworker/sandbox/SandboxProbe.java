package dev.threadwell.toolworker.sandbox;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Probes whether something works by trying it. A success is remembered forever; a failure may be
 * temporary, as on a busy machine, so it is cached for 30 seconds only.
 */
public final class SandboxProbe {

    private static final Duration BETWEEN_FAILURES = Duration.ofSeconds(30);

    private final Supplier<@Nullable String> attempt;
    private final LongSupplier nanoTime;
    private boolean succeeded;
    private @Nullable String failure;
    private long failedAt;

    /**
     * @param attempt returns the reason of a failure; null on success
     */
    public SandboxProbe(Supplier<@Nullable String> attempt) {
        this(attempt, System::nanoTime);
    }

    SandboxProbe(Supplier<@Nullable String> attempt, LongSupplier nanoTime) {
        this.attempt = attempt;
        this.nanoTime = nanoTime;
    }

    /** The reason why it does not work; null if it does. */
    public synchronized @Nullable String failure() {
        if (!succeeded && !isKnownToFail()) {
            failure = attempt.get();
            failedAt = nanoTime.getAsLong();
            succeeded = failure == null;
        }
        return failure;
    }

    private boolean isKnownToFail() {
        return failure != null && nanoTime.getAsLong() - failedAt < BETWEEN_FAILURES.toNanos();
    }
}
