package dev.threadwell.containers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.flow.Eventually;
import java.sql.DriverManager;
import java.sql.SQLException;

/** What the database says once all runs have ended. */
record Tables(String url, String user, String password) {

    private static final String NUMBERED_TWICE =
            """
            select count(*) from (
                select thread_id, seq from (
                    select thread_id, seq from messages
                    union all select thread_id, seq from run_steps
                    union all select thread_id, seq from runs) as numbered
                group by thread_id, seq having count(*) > 1) as twice
            """;

    private long count(String sql) {
        try (var connection = DriverManager.getConnection(url, user, password);
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    /** Everything has been announced, no step is open, and nothing is there twice. */
    void areInOrder() {
        Eventually.holds(
                "the outbox is empty",
                () -> assertThat(count("select count(*) from outbox")).isZero());
        assertThat(count("select count(*) from run_steps where open")).as("open steps").isZero();
        assertThat(count(NUMBERED_TWICE)).as("numbers given twice").isZero();
        assertThat(
                        count(
                                "select count(*) from threads t join messages m on m.thread_id = t.id where m.seq > t.seq"))
                .as("numbers ahead of their thread's")
                .isZero();
    }
}
