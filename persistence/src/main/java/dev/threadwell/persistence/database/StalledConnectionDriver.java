package dev.threadwell.persistence.database;

import io.netty.channel.ChannelPipeline;
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
import java.util.function.Supplier;

/**
 * PostgreSQL's driver, with connections that are closed when an answer does not come for too long.
 *
 * <p>The client's own idle timeout takes leave of the server and waits until the server closes the
 * connection, which a frozen server never does: what waits for its answer would wait on.
 */
final class StalledConnectionDriver extends PgDriver {

    private final Duration silence;

    /** Connections are closed after so long a silence of a server that owes an answer. */
    StalledConnectionDriver(Duration silence) {
        this.silence = silence;
    }

    @Override
    public ConnectionFactory createConnectionFactory(
            Vertx vertx, Supplier<? extends Future<? extends SqlConnectOptions>> servers) {
        return new Factory((VertxInternal) vertx, servers);
    }

    /** Opens connections that have a time limit for answers. */
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
            return clients.computeIfAbsent(options.toJson(), _ -> limited(options));
        }

        private NetClient limited(NetClientOptions options) {
            var plain = new NetClientOptions(options).setReconnectAttempts(0);
            if (plain.getHostnameVerificationAlgorithm() == null) {
                plain.setHostnameVerificationAlgorithm("");
            }
            var client =
                    new NetClientImpl(vertx, null, plain, clientCloseFuture) {
                        @Override
                        protected void initChannel(ChannelPipeline pipeline) {
                            super.initChannel(pipeline);
                            // In front of the driver, so that it has no say in the closing; TLS
                            // is put in front of this, so that messages can be read here.
                            pipeline.addFirst("silence", new AnswerTimeout(silence));
                        }
                    };
            clientCloseFuture.add(client);
            return client;
        }
    }
}
