package dev.threadwell.bench.row;

import dev.threadwell.bench.client.Database;
import dev.threadwell.bench.client.Direction;
import dev.threadwell.bench.client.Loop;
import dev.threadwell.bench.client.SimulatorClient;
import dev.threadwell.bench.client.ThreadwellClient;
import dev.threadwell.bench.system.Target;
import io.vertx.core.CompositeFuture;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the rows measure with: the clients, the system under test and an assistant.
 *
 * @param quick whether a few seconds per row are enough
 * @param assistant the assistant for all runs
 */
public record Lab(
        Vertx vertx,
        Loop loop,
        Target target,
        ThreadwellClient threadwell,
        SimulatorClient simulator,
        Database database,
        boolean quick,
        String assistant) {

    // The number of concurrent requests while threads are prepared.
    private static final int AT_ONCE = 16;

    public static Lab open(Vertx vertx, Target target, boolean quick) {
        var loop = Loop.of(vertx);
        var threadwell = new ThreadwellClient(vertx, target);
        var database = new Database(vertx, target);
        loop.await(database::createBench);
        return new Lab(
                vertx,
                loop,
                target,
                threadwell,
                new SimulatorClient(vertx, target),
                database,
                quick,
                loop.await(threadwell::createAssistant));
    }

    int size(int full, int ifQuick) {
        return quick ? ifQuick : full;
    }

    String thread(Direction direction) {
        return loop.await(() -> threadwell.createThread(direction.text()));
    }

    List<String> threads(int count, Direction direction) {
        List<String> threads = new ArrayList<>();
        while (threads.size() < count) {
            int now = Math.min(AT_ONCE, count - threads.size());
            CompositeFuture created = loop.await(() -> createThreads(now, direction));
            threads.addAll(created.list());
        }
        return threads;
    }

    private CompositeFuture createThreads(int count, Direction direction) {
        return Future.all(
                Stream.generate(() -> threadwell.createThread(direction.text()))
                        .limit(count)
                        .toList());
    }

    static void pause(int seconds) {
        try {
            Thread.sleep(seconds * 1_000L);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
