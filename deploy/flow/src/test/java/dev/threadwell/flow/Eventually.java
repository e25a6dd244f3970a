package dev.threadwell.flow;

import java.time.Duration;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ThrowingRunnable;

/** Waiting for what is to come true, and no longer than for that. */
public final class Eventually {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Eventually() {}

    /** Waits until the assertion holds; fails with its error. */
    public static void holds(String what, ThrowingRunnable assertion) {
        waiting(what).untilAsserted(assertion);
    }

    /** Waits until there is a value. */
    public static <T> T present(String what, Supplier<T> value) {
        return waiting(what).until(value::get, found -> found != null);
    }

    /** Waits until it is true. */
    public static void isTrue(String what, Supplier<Boolean> condition) {
        waiting(what).until(condition::get);
    }

    /** Waits until it is true, for as long as this at most. */
    public static void isTrueWithin(Duration patience, String what, Supplier<Boolean> condition) {
        waiting(what).atMost(patience).until(condition::get);
    }

    private static ConditionFactory waiting(String what) {
        return Awaitility.await(what)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .atMost(PATIENCE);
    }
}
