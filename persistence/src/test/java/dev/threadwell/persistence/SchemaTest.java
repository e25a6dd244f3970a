package dev.threadwell.persistence;

import static dev.threadwell.persistence.Stores.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.threadwell.persistence.database.Statement;
import dev.threadwell.persistence.migration.ExportStore;
import dev.threadwell.persistence.migration.ImportStore;
import dev.threadwell.run.Ids;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The constraints of the schema, and the indexes that frequent queries use. */
@Tag("server")
class SchemaTest {

    private static final String SCAN = "Seq Scan on (runs|messages|run_steps|threads)";

    private static void insert(String status, String endedAt, String worker) {
        query(
                """
                insert into runs (id, project_id, thread_id, seq, status, worker, expires_at,
                    ended_at, spent, document)
                values ($1, 'p', $1, 1, '%s', %s, 1, %s, '{}', '{}')
                """
                        .formatted(status, worker, endedAt),
                Ids.run());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cancelled", "failed", "completed", "incomplete", "expired"})
    void anEndedRunHasItsEndAndNoWorker(String status) {
        insert(status, "now()", "null");
        assertThatThrownBy(() -> insert(status, "null", "null"))
                .hasMessageContaining("ended_is_final");
        assertThatThrownBy(() -> insert(status, "now()", "'w1'"))
                .hasMessageContaining("ended_is_free");
    }

    @ParameterizedTest
    @ValueSource(strings = {"queued", "in_progress", "requires_action", "cancelling"})
    void anActiveRunHasNoEnd(String status) {
        assertThatThrownBy(() -> insert(status, "now()", "null"))
                .hasMessageContaining("ended_is_final");
    }

    @Test
    void aStatusThatNobodyKnowsIsRefused() {
        assertThatThrownBy(() -> insert("asleep", "null", "null"))
                .hasMessageContaining("known_status");
    }

    @BeforeAll
    static void fill() {
        new Stores();
        query(
                """
                insert into runs (id, project_id, thread_id, seq, status, worker, expires_at,
                    ended_at, spent, document)
                select 'r' || n, 'big', 't' || n / 50, n,
                    case when n % 50 = 0 then 'in_progress' else 'completed' end,
                    case when n % 50 = 0 then 'big' || n % 7 end, 5000000000,
                    case when n % 50 > 0 then now() end, '{}', '{}'
                from generate_series(1, 100000) as n
                """);
        query(
                """
                insert into messages (id, project_id, thread_id, seq, role, document)
                select 'm' || n, 'big', 't' || n / 50, n,
                    case when n % 2 = 0 then 'user' else 'assistant' end, '{}'
                from generate_series(1, 100000) as n
                """);
        query(
                """
                insert into run_steps
                select 's' || n, 'big', 't' || n / 50, 'r' || n, n, 'tool_calls', false, '{}', '{}'
                from generate_series(1, 100000) as n
                """);
        query(
                """
                insert into threads (id, project_id, document)
                select 't' || n, 'big', '{}' from generate_series(1, 100000) as n
                """);
        for (String table : List.of("runs", "messages", "run_steps", "threads")) {
            query("analyze " + table);
        }
    }

    @AfterAll
    static void clear() {
        query("delete from runs where project_id in ('big', 'p')");
        for (String table : List.of("messages", "run_steps", "threads")) {
            query("delete from " + table + " where project_id = 'big'");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select id from runs where thread_id = 't9' and ended_at is null",
                "select id from runs where thread_id = 't9' and ended_at is null and not waiting",
                "select id from runs where thread_id = 't9' and waiting order by seq limit 1",
                "select exists(select 1 from messages where thread_id = 't9' and role = 'user')",
                "select id from messages where thread_id = 't9' order by seq desc limit 100",
                "select id from messages where project_id = 'big' and thread_id = 't9' and seq > -1 and seq < 99999999 order by seq desc limit 21",
                "select id from runs where project_id = 'big' and thread_id = 't9' and seq > -1 and seq < 99999999 order by seq limit 21",
                "select id from run_steps where run_id = 'r9' and open order by seq",
                "select id from listed_threads where project_id = 'big' and seq > -1 and seq < 99999999 order by seq desc limit 21",
                "select id from run_steps where thread_id = 't9' and type = 'tool_calls' and not open order by seq desc limit 1000",
                "delete from run_steps where run_id in (select id from runs where thread_id = 't9')",
                "delete from runs where thread_id = 't9'",
                "delete from messages where thread_id = 't9'",
                "select id from runs where worker = any(array['big1', 'big2']) limit 200",
                "select distinct worker from runs where worker is not null and not exists (select 1 from workers w where w.id = worker and w.lease_until > now())",
                "select id from runs where ended_at is null and expires_at <= floor(extract(epoch from now()))::bigint order by expires_at limit 200",
                "select id from runs where status = 'cancelling' and worker is null and ended_at is null order by expires_at limit 200",
            })
    void whatIsLookedUpOftenIsFoundByAnIndex(String sql) {
        String plan =
                query("explain " + sql).stream()
                        .map(row -> row.getString(0))
                        .collect(Collectors.joining("\n"));
        assertThat(plan).doesNotContainPattern(SCAN);
    }

    /** The plans of large statements must use an index for any parameters. */
    @ParameterizedTest
    @MethodSource("migrations")
    void whatComesInAndGoesOutIsFoundByAnIndex(String sql) {
        assertThat(Stores.genericPlan(sql)).doesNotContainPattern(SCAN);
    }

    static Stream<String> migrations() {
        return Stream.of(ImportStore.WRITE, ExportStore.THREADS, ExportStore.CONTENTS)
                .map(Statement::sql);
    }
}
