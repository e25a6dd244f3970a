package dev.threadwell.simulator;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A running model simulator. */
public final class Simulator {
    private static final int MOST_EVENT_LOOPS = 4;

    /**
     * The JDK frees a port only at its selector's next turn, after Netty has reported it closed.
     */
    private static final Duration UNTIL_PORT_IS_FREE = Duration.ofMillis(20);

    /**
     * Servers of one Vert.x that name the same negative port share one free port: the event loops
     * of one simulator shall, two simulators shall not.
     */
    private static final AtomicInteger NEXT_SHARED_FREE_PORT = new AtomicInteger(-1_000);

    private final Vertx vertx;
    private final String host;
    private final int port;
    private final String deployment;

    private Simulator(Vertx vertx, String host, int port, String deployment) {
        this.vertx = vertx;
        this.host = host;
        this.port = port;
        this.deployment = deployment;
    }

    /** Starts a simulator; with port 0 the system chooses one. */
    public static Future<Simulator> start(Vertx vertx, String host, int port) {
        var state = new SharedState();
        int listenOn = port == 0 ? NEXT_SHARED_FREE_PORT.getAndDecrement() : port;
        int eventLoops = Math.min(Runtime.getRuntime().availableProcessors(), MOST_EVENT_LOOPS);
        return vertx.deployVerticle(
                        () -> new Listener(state, host, listenOn),
                        new DeploymentOptions().setInstances(eventLoops))
                .map(id -> new Simulator(vertx, host, state.port(), id));
    }

    public int port() {
        return port;
    }

    /** What a client uses as its base URL. */
    public String url() {
        return "http://" + host + ":" + port + "/v1";
    }

    /** Ends all connections; what is under way breaks off. */
    public Future<Void> stop() {
        return vertx.undeploy(deployment)
                .compose(_ -> vertx.timer(UNTIL_PORT_IS_FREE.toMillis(), TimeUnit.MILLISECONDS))
                .mapEmpty();
    }
}
