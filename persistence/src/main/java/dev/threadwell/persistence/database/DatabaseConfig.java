package dev.threadwell.persistence.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Timeouts for PostgreSQL. */
@ConfigMapping(prefix = "threadwell.database")
public interface DatabaseConfig {

    /**
     * The timeout of a statement; waiting for a lock has half of it. A connection is closed if a
     * response is outstanding and the server has sent nothing for two seconds longer, so that a
     * server that does not respond at all blocks nobody. Migrations have no timeout.
     */
    @WithDefault("20s")
    Duration statementTimeout();

    /** The timeout for waiting until a connection of the pool is free. */
    @WithDefault("8s")
    Duration acquireTimeout();
}
