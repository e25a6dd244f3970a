package dev.threadwell.persistence.database;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A network between a client and a server that can swallow all that is sent, so that neither hears
 * any more of the other, not even that a connection is closed.
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

    /** From now on nothing passes; on the connections that there are, nothing ever will again. */
    void swallows() {
        swallowing = true;
        sockets.forEach(NetSocket::pause);
    }

    /** Lets new connections through again. */
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
