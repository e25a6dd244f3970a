package dev.threadwell.api.connection;

import java.time.Duration;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Limits on the connections of a node and on the time to wait for their clients.
 *
 * @param maxConnections the maximum number of open connections
 * @param read how long a request may make no progress, and a new connection send no request
 * @param idle how long a connection stays open between two requests
 */
record ConnectionLimits(int maxConnections, Duration read, Duration idle) {

    private static final int MAX_CONNECTIONS = 10_000;
    private static final Duration READ = Duration.ofSeconds(30);
    private static final Duration IDLE = Duration.ofSeconds(75);

    /** The maximum length of a request line, which is mostly its URL. */
    static final int MAX_LINE = 8 * 1024;

    /** The maximum size of all headers of a request. */
    static final int MAX_HEADERS = 64 * 1024;

    /** The configured limits. */
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
