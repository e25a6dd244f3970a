package dev.threadwell.api.connection;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Adds a {@link ConnectionGuard} to every connection that a server of this process accepts. Netty
 * loads it as a service, because Vert.x has no hook that runs before a request.
 */
public final class ConnectionExtension extends ChannelInitializerExtension {

    private final AtomicInteger open = new AtomicInteger();

    @Override
    public void postInitializeServerChildChannel(Channel channel) {
        channel.pipeline()
                .addLast(ConnectionGuard.NAME, new ConnectionGuard(ConnectionLimits.get(), open));
    }
}
