package dev.threadwell.simulator;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A running model simulator. */
public final class Simulator {
    private static final int MOST_EVENT_LOOPS = 4;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);
    private static final int MOST_LOOKS = 2_000;

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

    /** Ends all connections, what is under way breaks off; and frees the port. */
    public Future<Void> stop() {
        return vertx.undeploy(deployment).compose(_ -> untilPortIsFree(MOST_LOOKS));
    }

    /**
     * The JDK frees a port only at its selector's next turn, after Netty has reported it closed.
     * Whoever has taken it meanwhile is not waited for long.
     */
    private Future<Void> untilPortIsFree(int looks) {
        if (looks == 0 || isPortFree()) {
            return Future.succeededFuture();
        }
        return vertx.timer(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)
                .compose(_ -> untilPortIsFree(looks - 1));
    }

    private boolean isPortFree() {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
