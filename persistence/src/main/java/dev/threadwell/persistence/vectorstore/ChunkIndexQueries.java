package dev.threadwell.persistence.vectorstore;

import dev.threadwell.persistence.database.Statement;
import dev.threadwell.vectorstore.AttributeFilter;
import dev.threadwell.vectorstore.ChunkRef;
import dev.threadwell.vectorstore.SearchResult;
import dev.threadwell.vectorstore.Vectors;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Queries that keep a search index in step with {@code vector_store_chunks} and turn its hits into
 * results.
 */
@ApplicationScoped
public class ChunkIndexQueries {

    private static final Statement STAYS =
            Statement.of(
                    """
                    select vector_store_id, array_agg(seq) as stays,
                        coalesce(
                            array_agg(seq) filter (
                                where :filter::text is null or attributes @@ :filter::text::jsonpath),
                            '{}') as wanted
                    from vector_store_files
                    where vector_store_id = any(:store_ids) and project_id = :project_id and status = 'completed'
                    group by vector_store_id
                    """);

    private static final Statement SIZES =
            Statement.of(
                    """
                    select seq, usage_bytes from vector_store_files
                    where vector_store_id = :store_id and project_id = :project_id and seq = any(:stays)
                    """);

    private static final Statement CONTENT =
            Statement.of(
                    """
                    select c.stay, c.n, c.text, c.model, c.vectors
                    from vector_store_files f
                    join vector_store_chunks c
                        on c.vector_store_id = f.vector_store_id and c.file_id = f.id and c.stay = f.seq
                    where f.vector_store_id = :store_id and f.project_id = :project_id and f.seq = any(:stays)
                    order by c.stay, c.n
                    """);

    private static final Statement RESULTS =
            Statement.of(
                    """
                    select s.i, c.file_id, f.filename, f.document::text as document, c.text
                    from unnest(:store_ids::text[], :stays::bigint[], :ns::int[]) with ordinality as s(store, stay, n, i)
                    join vector_store_files f on f.vector_store_id = s.store and f.seq = s.stay
                    join vector_store_chunks c
                        on c.vector_store_id = s.store and c.file_id = f.id and c.stay = s.stay and c.n = s.n
                    where f.project_id = :project_id and f.status = 'completed'
                        and exists (select 1 from live_files l where l.id = f.id and l.project_id = :project_id)
                    order by s.i
                    """);

    private static final Statement GONE =
            Statement.of(
                    """
                    select id from unnest(:store_ids::text[]) as known(id)
                    where not exists (select 1 from vector_stores v where v.id = known.id)
                    """);

    private final Pool pool;

    @Inject
    public ChunkIndexQueries(Pool pool) {
        this.pool = pool;
    }

    /**
     * The file versions of a store that can be searched.
     *
     * @param all the versions of all its completed files
     * @param wanted those of them whose attributes match a filter
     */
    public record Stays(String storeId, Long[] all, Long[] wanted) {}

    /** A chunk for the index. */
    public record Searchable(long fileVersion, int n, String text, @Nullable Vectors vectors) {}

    /** The searchable file versions of each of these stores; stores without any are left out. */
    public Uni<List<Stays>> fileVersions(
            String projectId, Collection<String> storeIds, @Nullable AttributeFilter filter) {
        return STAYS.with("store_ids", storeIds.toArray(String[]::new))
                .with("project_id", projectId)
                .with("filter", filter == null ? null : FilterPath.of(filter))
                .execute(pool)
                .map(
                        rows ->
                                listed(
                                        rows,
                                        row ->
                                                new Stays(
                                                        row.getString("vector_store_id"),
                                                        row.getArrayOfLongs("stays"),
                                                        row.getArrayOfLongs("wanted"))));
    }

    /** The sizes of these file versions in bytes. */
    public Uni<Map<Long, Long>> sizes(String projectId, String storeId, Long[] fileVersions) {
        return SIZES.with("store_id", storeId)
                .with("project_id", projectId)
                .with("stays", fileVersions)
                .execute(pool)
                .map(
                        rows -> {
                            Map<Long, Long> sizes = new HashMap<>();
                            rows.forEach(r -> sizes.put(r.getLong("seq"), r.getLong(1)));
                            return sizes;
                        });
    }

    /** The chunks of these file versions. */
    public Uni<List<Searchable>> chunks(String projectId, String storeId, Long[] fileVersions) {
        return CONTENT.with("store_id", storeId)
                .with("project_id", projectId)
                .with("stays", fileVersions)
                .execute(pool)
                .map(rows -> listed(rows, ChunkIndexQueries::searchable));
    }

    private static Searchable searchable(Row row) {
        String model = row.getString("model");
        Buffer vectors = row.getBuffer("vectors");
        return new Searchable(
                row.getLong("stay"),
                row.getInteger("n"),
                row.getString("text"),
                model == null || vectors == null ? null : Vectors.of(model, vectors.getBytes()));
    }

    /** Those of these stores that have been deleted, from any project. */
    public Uni<List<String>> gone(List<String> storeIds) {
        return GONE.with("store_ids", storeIds.toArray(String[]::new))
                .execute(pool)
                .map(rows -> listed(rows, row -> row.getString("id")));
    }

    /**
     * The results for these chunks with their scores, in order; chunks that cannot be found any
     * more are left out.
     */
    public Uni<List<SearchResult>> results(
            String projectId, List<ChunkRef> spots, List<Double> scores) {
        if (spots.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return RESULTS.with(
                        "store_ids", spots.stream().map(ChunkRef::storeId).toArray(String[]::new))
                .with("project_id", projectId)
                .with("stays", spots.stream().map(ChunkRef::fileVersion).toArray(Long[]::new))
                .with("ns", spots.stream().map(ChunkRef::n).toArray(Integer[]::new))
                .execute(pool)
                .map(
                        rows ->
                                listed(
                                        rows,
                                        row ->
                                                result(
                                                        row,
                                                        scores.get(
                                                                row.getLong("i").intValue() - 1))));
    }

    /** The attributes of a file in their original order. */
    private record Attributed(Map<String, Object> attributes) {}

    static SearchResult result(Row row, double score) {
        return new SearchResult(
                row.getString("file_id"),
                row.getString("filename"),
                score,
                Json.read(row.getString("document"), Attributed.class).attributes(),
                List.of(SearchResult.Content.text(row.getString("text"))));
    }

    private static <T> List<T> listed(Iterable<Row> rows, Function<Row, T> read) {
        List<T> list = new ArrayList<>();
        rows.forEach(row -> list.add(read.apply(row)));
        return list;
    }
}
