package dev.threadwell.store;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.impl.NetClientImpl;
import io.vertx.pgclient.impl.PgConnectionFactory;
import io.vertx.pgclient.spi.PgDriver;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.spi.ConnectionFactory;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * PostgreSQL's driver, with connections that are cut when nothing moves on them for too long.
 *
 * <p>The client's own idle timeout takes leave of the server and waits until the server closes the
 * connection, which a frozen server never does: what waits for its answer would wait on.
 */
final class SilenceDriver extends PgDriver {

    private final Duration silence;

    /** Connections are cut after so long a silence, at any time from their opening on. */
    SilenceDriver(Duration silence) {
        this.silence = silence;
    }

    @Override
    public ConnectionFactory createConnectionFactory(
            Vertx vertx, Supplier<? extends Future<? extends SqlConnectOptions>> servers) {
        return new Factory((VertxInternal) vertx, servers);
    }

    /** Opens connections by clients that watch for silence. */
    private final class Factory extends PgConnectionFactory {

        private final VertxInternal vertx;
        private final Map<JsonObject, NetClient> clients = new ConcurrentHashMap<>();

        Factory(
                VertxInternal vertx,
                Supplier<? extends Future<? extends SqlConnectOptions>> servers) {
            super(vertx, servers);
            this.vertx = vertx;
        }

        @Override
        protected NetClient netClient(NetClientOptions options) {
            return clients.computeIfAbsent(options.toJson(), _ -> watching(options));
        }

        private NetClient watching(NetClientOptions options) {
            var plain = new NetClientOptions(options).setReconnectAttempts(0);
            if (plain.getHostnameVerificationAlgorithm() == null) {
                plain.setHostnameVerificationAlgorithm("");
            }
            var client =
                    new NetClientImpl(vertx, null, plain, clientCloseFuture) {
                        @Override
                        protected void initChannel(ChannelPipeline pipeline) {
                            super.initChannel(pipeline);
                            // In front of the driver, so that it has no say in the closing.
                            pipeline.addFirst("silence", new Cut(silence));
                        }
                    };
            clientCloseFuture.add(client);
            return client;
        }
    }

    /** Cuts a connection on which nothing was read or written for too long. */
    private static final class Cut extends IdleStateHandler {

        Cut(Duration silence) {
            super(0, 0, silence.toMillis(), TimeUnit.MILLISECONDS);
        }

        @Override
        protected void channelIdle(ChannelHandlerContext connection, IdleStateEvent event) {
            var _ = connection.close();
        }
    }
}
