package dev.threadwell.api.admin.store;

import dev.threadwell.api.validation.ObjectKind;
import dev.threadwell.persistence.database.ListQuery;
import dev.threadwell.wire.Page;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * Keyset pagination over rows: cursors are ids, the order is that of {@code seq}.
 *
 * @param kind the kind of the objects, for the error of an unknown cursor
 * @param scope the condition for rows and cursors
 * @param filter a further condition for rows, but not for cursors: what it excludes meanwhile stays
 *     a valid cursor
 * @param values the parameters of both conditions
 */
public record RowList<R>(
        Class<R> type,
        ObjectKind kind,
        Function<R, String> id,
        String scope,
        String filter,
        Map<String, Object> values) {

    private static final String ALL = "1 = 1";

    /** All rows of a type. */
    public static <R> RowList<R> of(Class<R> type, ObjectKind kind, Function<R, String> id) {
        return new RowList<>(type, kind, id, ALL, ALL, Map.of());
    }

    /** The rows of a project. */
    public RowList<R> in(String projectId) {
        return new RowList<>(
                type, kind, id, "r.projectId = :project", filter, with("project", projectId));
    }

    /** Only rows that meet this condition, too. */
    public RowList<R> where(String condition) {
        return new RowList<>(type, kind, id, scope, filter + " and " + condition, values);
    }

    /** Only rows that meet this condition with one parameter, too. */
    public RowList<R> where(String condition, String name, Object value) {
        return new RowList<>(
                type, kind, id, scope, filter + " and " + condition, with(name, value));
    }

    private Map<String, Object> with(String name, Object value) {
        Map<String, Object> all = new LinkedHashMap<>(values);
        all.put(name, value);
        return all;
    }

    /** A page of what the rows are shown as. */
    public <V> Uni<Page<V>> page(Mutiny.Session session, ListQuery query, Function<R, V> shown) {
        return seqOf(session, query.after())
                .chain(
                        after ->
                                seqOf(session, query.before())
                                        .chain(before -> rows(session, query, after, before)))
                .map(rows -> page(rows, query, shown));
    }

    private Uni<@Nullable Long> seqOf(Mutiny.Session session, @Nullable String cursor) {
        if (cursor == null) {
            return Uni.createFrom().nullItem();
        }
        Mutiny.SelectionQuery<Long> query =
                session.createSelectionQuery(
                        "select r.seq from %s r where r.id = :cursor and %s"
                                .formatted(type.getSimpleName(), scope),
                        Long.class);
        query.setParameter("cursor", cursor);
        values.forEach(
                (name, value) -> {
                    if (scope.contains(":" + name)) {
                        query.setParameter(name, value);
                    }
                });
        return query.getResultList()
                .<@Nullable Long>map(
                        found -> {
                            if (found.isEmpty()) {
                                throw kind.notFound(cursor);
                            }
                            return found.getFirst();
                        });
    }

    private Uni<List<R>> rows(
            Mutiny.Session session, ListQuery query, @Nullable Long after, @Nullable Long before) {
        Long low = query.ascending() ? after : before;
        Long high = query.ascending() ? before : after;
        Mutiny.SelectionQuery<R> rows =
                session.createSelectionQuery(
                        "select r from %s r where %s and %s and r.seq > :low and r.seq < :high order by r.seq %s"
                                .formatted(
                                        type.getSimpleName(),
                                        scope,
                                        filter,
                                        query.readAscending() ? "asc" : "desc"),
                        type);
        values.forEach(rows::setParameter);
        return rows.setParameter("low", low == null ? Long.MIN_VALUE : low)
                .setParameter("high", high == null ? Long.MAX_VALUE : high)
                .setMaxResults(query.limit() + 1)
                .getResultList();
    }

    private <V> Page<V> page(List<R> found, ListQuery query, Function<R, V> shown) {
        List<R> rows = new ArrayList<>(found);
        boolean more = rows.size() > query.limit();
        if (more) {
            rows.removeLast();
        }
        if (query.backwards()) {
            Collections.reverse(rows);
        }
        Page<R> page = Page.of(rows, id, more);
        return new Page<>(
                page.object(),
                rows.stream().map(shown).toList(),
                page.firstId(),
                page.lastId(),
                more);
    }
}
