package dev.threadwell.simulator;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;

/** Serves HTTP on one event loop; each event loop of a simulator runs one instance. */
final class Listener extends AbstractVerticle {
    private static final int ACCEPT_BACKLOG = 4096;

    private final SharedState state;
    private final String host;
    private final int port;

    Listener(SharedState state, String host, int port) {
        this.state = state;
        this.host = host;
        this.port = port;
    }

    @Override
    public void start(Promise<Void> started) {
        var options =
                new HttpServerOptions()
                        .setHost(host)
                        .setPort(port)
                        .setTcpNoDelay(true)
                        .setAcceptBacklog(ACCEPT_BACKLOG)
                        // Faults close connections, and concurrent HTTP/2 streams would share one
                        // connection.
                        .setHttp2ClearTextEnabled(false);
        vertx.createHttpServer(options)
                .requestHandler(new Endpoints(vertx, state))
                .listen()
                .onSuccess(this::listening)
                .<Void>mapEmpty()
                .onComplete(started);
    }

    private void listening(HttpServer server) {
        state.listensOn(server.actualPort());
    }
}
