package dev.threadwell.simulator;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** A running model simulator. */
public final class Simulator {
    private static final int MOST_EVENT_LOOPS = 4;

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
        int eventLoops = Math.min(Runtime.getRuntime().availableProcessors(), MOST_EVENT_LOOPS);
        return vertx.deployVerticle(
                        () -> new Listener(state, host, port),
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
        return vertx.undeploy(deployment);
    }
}
