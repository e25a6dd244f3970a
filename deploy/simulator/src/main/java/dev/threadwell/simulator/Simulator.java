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
     * Servers of one Vert.x that bind the same negative port number share one free port. Every
     * simulator takes its own number, so its event loops share a port and two simulators do not.
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

    /** Starts a simulator; with port 0 the operating system chooses a free port. */
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

    /** The base URL for clients. */
    public String url() {
        return "http://" + host + ":" + port + "/v1";
    }

    /**
     * Closes all connections, which aborts requests in progress, and waits until the port is free.
     */
    public Future<Void> stop() {
        return vertx.undeploy(deployment).compose(_ -> untilPortIsFree(MOST_LOOKS));
    }

    /**
     * Waits, for a bounded time, until the port can be bound again. Netty reports a channel as
     * closed before the JDK releases its port at the selector's next turn. The wait is bounded
     * because another process may have taken the port meanwhile.
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
