package dev.threadwell.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A node of the version before starts again although the next version has migrated the database.
 */
@QuarkusTest
class NewerSchemaTest {

    @Inject Flyway flyway;
    @Inject Pool pool;

    @BeforeEach
    void upgrade() {
        execute(
                "insert into flyway_schema_history (installed_rank, version, description, type,"
                        + " script, checksum, installed_by, execution_time, success) values (9999,"
                        + " '9999', 'of the next version', 'SQL', 'V9999__next.sql', 1, 'a', 1,"
                        + " true)");
    }

    @AfterEach
    void downgrade() {
        execute("delete from flyway_schema_history where version = '9999'");
    }

    @Test
    void aNodeStartsWithTheSchemaOfTheNextVersion() {
        assertThat(flyway.migrate().success).isTrue();
    }

    private void execute(String sql) {
        pool.query(sql).execute().await().indefinitely();
    }
}
