package dev.threadwell.persistence.database;

import dev.threadwell.wire.ApiError;
import dev.threadwell.wire.Json;
import dev.threadwell.wire.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keyset pagination over the objects of one table: cursors are ids, the order is that of {@code
 * seq}.
 *
 * @param kind the object's name in the error for an unknown cursor
 * @param columns the columns that {@code read} needs
 * @param scope the columns that callers must restrict, e.g. project_id and thread_id
 * @param filters further columns that are restricted, but not for cursors: an object that the
 *     filter excludes meanwhile stays a valid cursor, e.g. a file that was in progress on one page
 *     and is completed when the next page is requested
 */
public record Listing<T>(
        String table,
        String kind,
        String columns,
        Function<Row, T> read,
        Function<T, String> id,
        List<String> scope,
        List<String> filters) {

    private static final String DOCUMENT = "document::text as document";

    /**
     * The size at which a page of documents ends, even if more were requested, because a page is in
     * memory several times. The document that exceeds it is the page's last one, and the page says
     * that there are more.
     */
    private static final long MAX_PAGE_BYTES = 16L * 1024 * 1024;

    /** The rows of a page, with their number if there were no limit on bytes. */
    private static final String WITHIN_BYTES =
            """
            select %1$s, found from (
                select *, count(*) over () as found,
                    sum(bytes) over (order by seq %2$s) - bytes as bytes_before
                from (select *, octet_length(document::text)::bigint as bytes from (%3$s) as rows)
                    as measured) as page
            where bytes_before < %4$d order by seq %2$s
            """;

    public Listing(
            String table,
            String kind,
            String columns,
            Function<Row, T> read,
            Function<T, String> id,
            List<String> scope) {
        this(table, kind, columns, read, id, scope, List.of());
    }

    /** Pages of documents. */
    public Listing(
            String table, String kind, Class<T> type, Function<T, String> id, List<String> scope) {
        this(table, kind, DOCUMENT, row -> Json.read(row.getString("document"), type), id, scope);
    }

    /**
     * Only the objects with a certain value in a column; callers pass it after the scope's values.
     */
    public Listing<T> filteredBy(String column) {
        return new Listing<>(table, kind, columns, read, id, scope, List.of(column));
    }

    public Uni<Page<T>> page(Pool pool, ListQuery query, Object... values) {
        Object[] scopeValues = Arrays.copyOf(values, scope.size());
        return seqOf(pool, query.after(), scopeValues)
                .chain(
                        after ->
                                seqOf(pool, query.before(), scopeValues)
                                        .chain(before -> rows(pool, query, after, before, values)))
                .map(rows -> page(rows, query));
    }

    private Uni<@Nullable Long> seqOf(Pool pool, @Nullable String cursor, Object... scopeValues) {
        if (cursor == null) {
            return Uni.createFrom().nullItem();
        }
        // A file can be in many vector stores; everything else is looked up by its id alone, for
        // which no other index may be used.
        String equals = scope.contains("vector_store_id") ? "=" : "is not distinct from";
        String sql =
                "select seq from %s where %s and id = $%d"
                        .formatted(table, conditions(scope, equals), scope.size() + 1);
        return pool.preparedQuery(sql)
                .execute(Tuple.from(scopeValues).addString(cursor))
                .map(
                        found -> {
                            if (found.rowCount() == 0) {
                                throw ApiError.notFound(kind, cursor).thrown();
                            }
                            return found.iterator().next().getLong(0);
                        });
    }

    private Uni<RowSet<Row>> rows(
            Pool pool,
            ListQuery query,
            @Nullable Long after,
            @Nullable Long before,
            Object... values) {
        Long low = query.ascending() ? after : before;
        Long high = query.ascending() ? before : after;
        List<String> columnsOfValues = Stream.concat(scope.stream(), filters.stream()).toList();
        int n = columnsOfValues.size();
        String order = query.readAscending() ? "asc" : "desc";
        String rows =
                "select %s from %s where %s and seq > $%d and seq < $%d order by seq %s limit $%d"
                        .formatted(
                                hasDocuments() ? "seq, document" : columns,
                                table,
                                conditions(columnsOfValues, "="),
                                n + 1,
                                n + 2,
                                order,
                                n + 3);
        return pool.preparedQuery(
                        hasDocuments()
                                ? WITHIN_BYTES.formatted(columns, order, rows, MAX_PAGE_BYTES)
                                : rows)
                .execute(
                        Tuple.from(values)
                                .addLong(low == null ? Long.MIN_VALUE : low)
                                .addLong(high == null ? Long.MAX_VALUE : high)
                                .addInteger(query.limit() + 1));
    }

    private boolean hasDocuments() {
        return columns.equals(DOCUMENT);
    }

    private Page<T> page(RowSet<Row> rows, ListQuery query) {
        List<T> items = new ArrayList<>();
        long found = 0;
        for (Row row : rows) {
            found = hasDocuments() ? row.getLong("found") : rows.rowCount();
            items.add(read.apply(row));
        }
        boolean more = found > items.size() || found > query.limit();
        if (items.size() > query.limit()) {
            items.removeLast();
        }
        if (query.backwards()) {
            Collections.reverse(items);
        }
        return Page.of(items, id, more);
    }

    private static String conditions(List<String> columns, String equals) {
        return IntStream.range(0, columns.size())
                .mapToObj(at -> "%s %s $%d".formatted(columns.get(at), equals, at + 1))
                .collect(Collectors.joining(" and "));
    }
}
