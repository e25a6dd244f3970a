package dev.threadwell.api.connection;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Puts a {@link ConnectionGuard} in front of every connection that a server of this process
 * accepts. Netty finds it as a service; Vert.x has no hook of its own for what comes before a
 * request.
 */
public final class ConnectionExtension extends ChannelInitializerExtension {

    private final AtomicInteger open = new AtomicInteger();

    @Override
    public void postInitializeServerChildChannel(Channel channel) {
        channel.pipeline()
                .addLast(ConnectionGuard.NAME, new ConnectionGuard(ConnectionLimits.get(), open));
    }
}
