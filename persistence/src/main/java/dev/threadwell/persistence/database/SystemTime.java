package dev.threadwell.persistence.database;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Produces the clock for timestamps that clients see; leases use the database's own clock. */
@Singleton
public class SystemTime {

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }
}
