package dev.threadwell.persistence;

import static dev.threadwell.persistence.Stores.query;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Migrations at the start of several processes, and of an older one. */
@Tag("server")
class ConcurrentMigrationTest {

    private static final String SCHEMA = "concurrent_migration";
    private static final int PROCESSES = 6;

    @AfterEach
    void clear() {
        query("drop schema if exists " + SCHEMA + " cascade");
    }

    @Test
    void processesThatStartAtOnceMigrateOnce() throws Exception {
        List<Future<Integer>> starts = new ArrayList<>();
        try (var processes = Executors.newFixedThreadPool(PROCESSES)) {
            Callable<Integer> start = () -> migration().load().migrate().migrationsExecuted;
            for (int i = 0; i < PROCESSES; i++) {
                starts.add(processes.submit(start));
            }
        }

        int executed = 0;
        for (Future<Integer> start : starts) {
            executed += start.get();
        }

        // The entry without a version is the schema's own creation.
        long versions =
                Arrays.stream(migration().load().info().applied())
                        .filter(applied -> applied.getVersion() != null)
                        .count();
        assertThat(executed).isEqualTo(versions);
        assertThat(migration().load().info().pending()).isEmpty();
    }

    /** As services have it that are rolled back, or are replaced while an upgrade is under way. */
    @Test
    void anOlderVersionStartsWithANewerSchema() {
        migration().load().migrate();
        query(
                "insert into "
                        + SCHEMA
                        + ".flyway_schema_history (installed_rank, version, description, type,"
                        + " script, checksum, installed_by, execution_time, success) values (9999,"
                        + " '9999', 'of the next version', 'SQL', 'V9999__next.sql', 1, 'a', 1,"
                        + " true)");

        var outcome = migration().ignoreMigrationPatterns("*:future").load().migrate();

        assertThat(outcome.success).isTrue();
        assertThat(outcome.migrationsExecuted).isZero();
    }

    private static FluentConfiguration migration() {
        return Flyway.configure()
                .dataSource(
                        System.getProperty("quarkus.datasource.jdbc.url"),
                        System.getProperty("quarkus.datasource.username"),
                        System.getProperty("quarkus.datasource.password"))
                .schemas(SCHEMA);
    }
}
