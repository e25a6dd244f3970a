package dev.threadwell.api.connection;

import java.time.Duration;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * How many connections a node has, and how long it waits for their clients.
 *
 * @param maxConnections how many there may be at a time
 * @param read how long a request that has begun may bring nothing, and a new connection no request
 * @param idle how long a connection stays open between two requests
 */
record ConnectionLimits(int maxConnections, Duration read, Duration idle) {

    private static final int MAX_CONNECTIONS = 10_000;
    private static final Duration READ = Duration.ofSeconds(30);
    private static final Duration IDLE = Duration.ofSeconds(75);

    /** A request line, whose URL is nearly all of it. */
    static final int MAX_LINE = 8 * 1024;

    /** The headers of a request together. */
    static final int MAX_HEADERS = 64 * 1024;

    /** The limits that are set. */
    static ConnectionLimits get() {
        Config config = ConfigProvider.getConfig();
        return new ConnectionLimits(
                config.getOptionalValue("threadwell.http.max-connections", Integer.class)
                        .orElse(MAX_CONNECTIONS),
                config.getOptionalValue("threadwell.http.read-timeout", Duration.class)
                        .orElse(READ),
                config.getOptionalValue("threadwell.http.keep-alive", Duration.class).orElse(IDLE));
    }
}
