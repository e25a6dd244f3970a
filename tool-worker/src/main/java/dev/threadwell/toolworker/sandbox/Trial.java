package dev.threadwell.toolworker.sandbox;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether something can be done by doing it once. That it can is known for good; why it
 * cannot may pass, as when the machine was too busy, and is taken for true only for a while.
 */
public final class Trial {

    private static final Duration BETWEEN_FAILURES = Duration.ofSeconds(30);

    private final Supplier<@Nullable String> attempt;
    private final LongSupplier nanoTime;
    private boolean succeeded;
    private @Nullable String failure;
    private long failedAt;

    /**
     * @param attempt says why it failed; null if it did not
     */
    public Trial(Supplier<@Nullable String> attempt) {
        this(attempt, System::nanoTime);
    }

    Trial(Supplier<@Nullable String> attempt, LongSupplier nanoTime) {
        this.attempt = attempt;
        this.nanoTime = nanoTime;
    }

    /** Why it cannot be done; null if it can. */
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
