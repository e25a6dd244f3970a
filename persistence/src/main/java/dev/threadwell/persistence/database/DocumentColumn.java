package dev.threadwell.persistence.database;

import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads and changes the column {@code document}.
 *
 * @param find selects the document; its parameters are the key
 * @param save updates the document; its parameters are the key, the document and the columns
 * @param columns the values of a document that have a column, too
 */
public record DocumentColumn<T>(
        Class<T> type, String find, String save, List<Function<T, @Nullable Object>> columns) {

    /** Documents without such columns. */
    public DocumentColumn(Class<T> type, String find, String save) {
        this(type, find, save, List.of());
    }

    /** The document with this key, or null. */
    public Uni<@Nullable T> find(Pool pool, Object... key) {
        return pool.preparedQuery(find)
                .execute(Tuple.from(List.of(key)))
                .<@Nullable T>map(rows -> only(rows, type));
    }

    /** Changes the document under a lock of its row; null if there is none. */
    public Uni<@Nullable T> modify(Pool pool, UnaryOperator<T> change, Object... key) {
        return pool.<@Nullable T>withTransaction(
                c ->
                        c.preparedQuery(find + " for update")
                                .execute(Tuple.from(List.of(key)))
                                .<@Nullable T>map(rows -> only(rows, type))
                                .chain(found -> save(c, found, change, key)));
    }

    private Uni<@Nullable T> save(
            SqlConnection c, @Nullable T found, UnaryOperator<T> change, Object... key) {
        if (found == null) {
            return Uni.createFrom().nullItem();
        }
        T changed = change.apply(found);
        Tuple parameters = Tuple.from(List.of(key)).addString(Json.compact(changed));
        columns.forEach(column -> parameters.addValue(column.apply(changed)));
        return c.preparedQuery(save).execute(parameters).replaceWith(changed);
    }

    public static <T> @Nullable T only(RowSet<Row> rows, Class<T> type) {
        return rows.rowCount() == 0 && !rows.iterator().hasNext()
                ? null
                : Json.read(rows.iterator().next().getString("document"), type);
    }
}
