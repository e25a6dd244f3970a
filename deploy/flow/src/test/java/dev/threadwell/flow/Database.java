package dev.threadwell.flow;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the tables say, and the few things that only a hand in the database can do. */
final class Database {

    private final Supplier<String> url;
    private final String user;
    private final String password;

    Database(Supplier<String> url, String user, String password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    /** Each row's columns as text. */
    List<List<@Nullable String>> rows(String sql, Object... parameters) {
        return with(
                sql,
                parameters,
                statement -> {
                    List<List<@Nullable String>> rows = new ArrayList<>();
                    try (ResultSet result = statement.executeQuery()) {
                        int columns = result.getMetaData().getColumnCount();
                        while (result.next()) {
                            List<@Nullable String> row = new ArrayList<>();
                            for (int i = 1; i <= columns; i++) {
                                row.add(result.getString(i));
                            }
                            rows.add(row);
                        }
                    }
                    return rows;
                });
    }

    /** The first column of each row. */
    List<@Nullable String> column(String sql, Object... parameters) {
        List<@Nullable String> column = new ArrayList<>();
        rows(sql, parameters).forEach(row -> column.add(row.getFirst()));
        return column;
    }

    /** The one value that the statement finds. */
    @Nullable String value(String sql, Object... parameters) {
        List<@Nullable String> column = column(sql, parameters);
        return column.isEmpty() ? null : column.getFirst();
    }

    long count(String sql, Object... parameters) {
        return Long.parseLong(String.valueOf(value(sql, parameters)));
    }

    void execute(String sql, Object... parameters) {
        with(sql, parameters, PreparedStatement::executeUpdate);
    }

    /** Moves a run's deadline into the past, as if ten minutes had gone by. */
    void letDeadlinePass(String runId) {
        execute(
                """
                update runs set expires_at = extract(epoch from now())::bigint - 1,
                    document = (document::jsonb || jsonb_build_object('expires_at',
                        extract(epoch from now())::bigint - 1))::json
                where id = ?
                """,
                runId);
    }

    /** Asks for the end of a run as the API does, but tells no worker. */
    void cancelsUnheard(String runId) {
        execute(
                """
                update runs set status = 'cancelling', version = version + 1,
                    document = (document::jsonb || '{"status":"cancelling"}')::json
                where id = ? and status = 'in_progress'
                """,
                runId);
    }

    /** A project of its own, opened by this key. */
    void createProject(String id, String key) {
        execute("insert into projects (id, name) values (?, ?) on conflict do nothing", id, id);
        execute(
                "insert into api_keys (hash, project_id, hint) values (?, ?, '') on conflict do nothing",
                sha256(key),
                id);
    }

    private static byte[] sha256(String key) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Use<T> {
        T with(PreparedStatement statement) throws SQLException;
    }

    private <T> T with(String sql, Object[] parameters, Use<T> use) {
        try (Connection connection = DriverManager.getConnection(url.get(), user, password);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return use.with(statement);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }
}
