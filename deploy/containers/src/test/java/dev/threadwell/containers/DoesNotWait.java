package dev.threadwell.containers;

import java.time.Duration;
import org.testcontainers.containers.wait.strategy.WaitStrategy;
import org.testcontainers.containers.wait.strategy.WaitStrategyTarget;

/** Takes a container for started at once: whoever needs it waits for it later. */
final class DoesNotWait implements WaitStrategy {

    @Override
    public void waitUntilReady(WaitStrategyTarget target) {}

    @Override
    public WaitStrategy withStartupTimeout(Duration timeout) {
        return this;
    }
}
