package dev.threadwell.api.connection;

import dev.threadwell.api.settings.HttpConfig;
import io.smallrye.config.SmallRyeConfig;
import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Limits on the connections of a node and on the time to wait for their clients.
 *
 * @param maxConnections the maximum number of open connections
 * @param read how long a request may make no progress, and a new connection send no request
 * @param idle how long a connection stays open between two requests
 */
record ConnectionLimits(int maxConnections, Duration read, Duration idle) {

    /** A request line, whose URL is nearly all of it. */
    static final int MAX_LINE = 8 * 1024;

    /** The maximum size of all headers of a request. */
    static final int MAX_HEADERS = 64 * 1024;

    /** The configured limits. */
    static ConnectionLimits get() {
        HttpConfig config =
                ConfigProvider.getConfig()
                        .unwrap(SmallRyeConfig.class)
                        .getConfigMapping(HttpConfig.class);
        return new ConnectionLimits(
                config.maxConnections(), config.readTimeout(), config.keepAlive());
    }
}
