package dev.threadwell.persistence;

import static dev.threadwell.persistence.Stores.query;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The migration fills the new columns of existing rows: ids, names and sizes. */
@Tag("server")
class ColumnsMigrationTest {

    private static final String SCHEMA = "before_columns";
    private static final String ZERO = "\\u0000";

    private static FluentConfiguration migration() {
        return Flyway.configure()
                .dataSource(
                        System.getProperty("quarkus.datasource.jdbc.url"),
                        System.getProperty("quarkus.datasource.username"),
                        System.getProperty("quarkus.datasource.password"))
                .schemas(SCHEMA);
    }

    private static void insert(String table, String columns, Object... values) {
        query("insert into " + SCHEMA + "." + table + columns, values);
    }

    @BeforeAll
    static void migrateWithRows() {
        migration().target("22").load().migrate();
        String store = "{\"tool_resources\":{\"file_search\":{\"vector_store_ids\":[\"vs_1\"]}}}";
        insert("projects", " (id, name) values ('p', 'p')");
        for (String table : List.of("assistants", "threads")) {
            String columns = " (id, project_id, document) values ($1, 'p', $2::text::json)";
            insert(table, columns, "with", store);
            insert(table, columns, "without", "{\"tool_resources\":{}}");
        }
        String run =
                " (id, project_id, thread_id, seq, status, expires_at, ended_at, spent, document)"
                        + " values ($1, 'p', $1, 1, $2, 9, case when $3 then now() end, '{}',"
                        + " $4::text::json)";
        String document =
                "{\"instructions\":\"" + ZERO + "\",\"assistant_id\":\"asst_1\",\"created_at\":1}";
        insert("runs", run, "active", "queued", false, document);
        insert("runs", run, "ended", "completed", true, document);
        String file =
                " (id, project_id, purpose, blobs, document)"
                        + " values ($1, 'p', 'assistants', '{}', $2::text::json)";
        insert("files", file, "plain", file("tides \\\"bytes\\\":7.txt"));
        insert("files", file, "zero", file("ti" + ZERO + "des" + ZERO + ZERO + ".txt"));
        insert("files", file, "escaped", file("a\\\\u0000b\\\\" + ZERO + "c"));
        migration().load().migrate();
    }

    private static String file(String name) {
        return "{\"id\":\"f\",\"filename\":\"" + name + "\",\"bytes\":42,\"created_at\":1}";
    }

    @AfterAll
    static void clear() {
        query("drop schema " + SCHEMA + " cascade");
    }

    private static Object value(String table, String column, String id) {
        return query("select " + column + " from " + SCHEMA + "." + table + " where id = $1", id)
                .getFirst()
                .getValue(0);
    }

    @Test
    void assistantsAndThreadsHaveTheirStore() {
        for (String table : List.of("assistants", "threads")) {
            assertThat(value(table, "vector_store_id", "with")).isEqualTo("vs_1");
            assertThat(value(table, "vector_store_id", "without")).isNull();
        }
    }

    @Test
    void runsThatAreActiveHaveTheirAssistant() {
        assertThat(value("runs", "assistant_id", "active")).isEqualTo("asst_1");
        assertThat(value("runs", "assistant_id", "ended")).isNull();
    }

    @Test
    void filesHaveTheirNameAndSize() {
        assertThat(value("live_files", "filename", "plain")).isEqualTo("tides \"bytes\":7.txt");
        assertThat(value("live_files", "bytes", "plain")).isEqualTo(42L);
        assertThat(value("live_files", "bytes", "zero")).isEqualTo(42L);
    }

    @Test
    void zeroCharactersAreNotPartOfAName() {
        assertThat(value("live_files", "filename", "zero")).isEqualTo("tides.txt");
        assertThat(value("live_files", "filename", "escaped")).isEqualTo("a\\u0000b\\c");
    }
}
