package dev.threadwell.clients;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The Threadwells that test classes lease, each for one class at a time: clients list what is in
 * their project, so two of them must not share one.
 *
 * <p>With the system properties {@code threadwell.test.base-url} and {@code
 * threadwell.test.api-key} there is the named one only. Without them a standalone is started
 * whenever all that run are leased: there are as many as classes run side by side.
 */
final class Targets implements AutoCloseable {

    private final Optional<Target> named = named();
    private final BlockingQueue<Target> free = new LinkedBlockingQueue<>(named.stream().toList());
    private final List<Standalone> started = new CopyOnWriteArrayList<>();

    /** A target until it is closed. */
    record Lease(Target target, BlockingQueue<Target> free) implements AutoCloseable {

        @Override
        public void close() {
            free.add(target);
        }
    }

    private static Optional<Target> named() {
        String baseUrl = System.getProperty("threadwell.test.base-url", "");
        return baseUrl.isBlank()
                ? Optional.empty()
                : Optional.of(
                        new Target(
                                baseUrl,
                                System.getProperty("threadwell.test.api-key", ""),
                                System.getProperty("threadwell.test.admin-key", ""),
                                System.getProperty("threadwell.test.simulator", "")));
    }

    Lease lease() {
        try {
            Target idle = named.isPresent() ? free.take() : free.poll();
            return new Lease(idle == null ? started() : idle, free);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private Target started() {
        Standalone standalone = Standalone.up();
        started.add(standalone);
        return standalone.target();
    }

    @Override
    public void close() throws IOException {
        for (Standalone standalone : started) {
            standalone.close();
        }
    }
}
