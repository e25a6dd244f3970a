package dev.threadwell.persistence.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long PostgreSQL may take. */
@ConfigMapping(prefix = "threadwell.database")
public interface DatabaseConfig {

    /**
     * How long PostgreSQL may take for one statement; half of it for a lock. A connection whose
     * server owes an answer, and has sent nothing for two seconds longer, is closed, so that a
     * server that does not answer at all holds nobody up. Migrations are not limited.
     */
    @WithDefault("20s")
    Duration statementTimeout();

    /** How long a statement may wait until a connection of the pool is free. */
    @WithDefault("8s")
    Duration acquireTimeout();
}
