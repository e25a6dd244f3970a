package dev.threadwell.persistence.database;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** The clock of timestamps that clients see; leases are judged by the database's own clock. */
@Singleton
public class SystemTime {

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }
}
