package dev.threadwell.persistence.database;

import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads and changes the column {@code document} of a table, by the names and values of its key. */
public final class DocumentColumn<T> {

    private final Class<T> type;
    private final Statement find;
    private final Statement findForUpdate;
    private final Statement save;
    private final Map<String, Function<T, @Nullable Object>> columns;

    /**
     * Creates one from its statements.
     *
     * @param find selects the document; its parameters are those of the key
     * @param save updates the document; its parameters are those of the key, {@code document} and
     *     the columns
     * @param columns the values of a document that have a column, too
     */
    public DocumentColumn(
            Class<T> type,
            String find,
            String save,
            Map<String, Function<T, @Nullable Object>> columns) {
        this.type = type;
        this.find = Statement.of(find);
        this.findForUpdate = Statement.of(find + " for update");
        this.save = Statement.of(save);
        this.columns = columns;
    }

    /** Creates one for documents without such columns. */
    public DocumentColumn(Class<T> type, String find, String save) {
        this(type, find, save, Map.of());
    }

    /** The document with this key, or null. */
    public Uni<@Nullable T> find(Pool pool, Map<String, String> key) {
        return find.with(key).execute(pool).<@Nullable T>map(rows -> only(rows, type));
    }

    /** Changes the document under a lock of its row; null if there is none. */
    public Uni<@Nullable T> modify(Pool pool, UnaryOperator<T> change, Map<String, String> key) {
        return pool.<@Nullable T>withTransaction(
                c ->
                        findForUpdate
                                .with(key)
                                .execute(c)
                                .<@Nullable T>map(rows -> only(rows, type))
                                .chain(found -> save(c, found, change, key)));
    }

    private Uni<@Nullable T> save(
            SqlConnection c, @Nullable T found, UnaryOperator<T> change, Map<String, String> key) {
        if (found == null) {
            return Uni.createFrom().nullItem();
        }
        T changed = change.apply(found);
        Statement.Bound statement = save.with(key).with("document", Json.compact(changed));
        columns.forEach((column, value) -> statement.with(column, value.apply(changed)));
        return statement.execute(c).replaceWith(changed);
    }

    public static <T> @Nullable T only(RowSet<Row> rows, Class<T> type) {
        return rows.rowCount() == 0 && !rows.iterator().hasNext()
                ? null
                : Json.read(rows.iterator().next().getString("document"), type);
    }
}
