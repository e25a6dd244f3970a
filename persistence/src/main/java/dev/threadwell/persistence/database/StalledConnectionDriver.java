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
 * A PostgreSQL driver that closes connections on which a response takes too long, see {@link
 * AnswerTimeout}.
 *
 * <p>The client's own idle timeout does not suffice: it takes leave of the server and waits until
 * the server closes the connection, which a frozen server never does.
 */
final class StalledConnectionDriver extends PgDriver {

    private final Duration silence;

    /** Creates a driver with this limit on the server's silence while a response is outstanding. */
    StalledConnectionDriver(Duration silence) {
        this.silence = silence;
    }

    @Override
    public ConnectionFactory createConnectionFactory(
            Vertx vertx, Supplier<? extends Future<? extends SqlConnectOptions>> servers) {
        return new Factory((VertxInternal) vertx, servers);
    }

    /** Opens connections with a timeout for responses. */
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
                            // Placed before the driver's handlers, so that closing does not depend
                            // on them. TLS is placed before this handler, so that it reads
                            // decrypted messages.
                            pipeline.addFirst("silence", new AnswerTimeout(silence));
                        }
                    };
            clientCloseFuture.add(client);
            return client;
        }
    }
}
