package dev.threadwell.persistence.database;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP proxy that can drop all traffic, so that neither side hears of the other any more, not even
 * that a connection is closed.
 */
final class SwallowingProxy {

    private final NetServer front;
    private final NetClient back;
    private final int target;
    private final Set<NetSocket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean swallowing;

    private SwallowingProxy(Vertx vertx, int target) {
        this.front = vertx.createNetServer();
        this.back = vertx.createNetClient();
        this.target = target;
    }

    static SwallowingProxy to(Vertx vertx, int target) {
        var proxy = new SwallowingProxy(vertx, target);
        proxy.front
                .connectHandler(proxy::accept)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return proxy;
    }

    int port() {
        return front.actualPort();
    }

    /** Drops all traffic from now on; the existing connections never recover. */
    void swallows() {
        swallowing = true;
        sockets.forEach(NetSocket::pause);
    }

    /** Lets new connections pass again. */
    void passes() {
        swallowing = false;
    }

    private void accept(NetSocket client) {
        client.pause();
        if (swallowing) {
            return;
        }
        back.connect(target, "127.0.0.1")
                .onSuccess(
                        server -> {
                            pass(client, server);
                            pass(server, client);
                            client.resume();
                        })
                .onFailure(refused -> client.close());
    }

    private void pass(NetSocket from, NetSocket to) {
        sockets.add(from);
        from.handler(to::write);
        from.closeHandler(closed -> to.close());
    }
}
