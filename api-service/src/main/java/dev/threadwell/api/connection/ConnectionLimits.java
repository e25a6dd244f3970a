package dev.threadwell.api.connection;

import dev.threadwell.api.settings.HttpConfig;
import io.smallrye.config.SmallRyeConfig;
import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * How many connections a node has, and how long it waits for their clients.
 *
 * @param maxConnections how many there may be at a time
 * @param read how long a request that has begun may bring nothing, and a new connection no request
 * @param idle how long a connection stays open between two requests
 */
record ConnectionLimits(int maxConnections, Duration read, Duration idle) {

    /** A request line, whose URL is nearly all of it. */
    static final int MAX_LINE = 8 * 1024;

    /** The headers of a request together. */
    static final int MAX_HEADERS = 64 * 1024;

    /** The limits that are set. */
    static ConnectionLimits get() {
        HttpConfig config =
                ConfigProvider.getConfig()
                        .unwrap(SmallRyeConfig.class)
                        .getConfigMapping(HttpConfig.class);
        return new ConnectionLimits(
                config.maxConnections(), config.readTimeout(), config.keepAlive());
    }
}
