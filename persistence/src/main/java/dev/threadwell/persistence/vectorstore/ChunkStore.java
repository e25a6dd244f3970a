package dev.threadwell.persistence.vectorstore;

import dev.threadwell.vectorstore.AttributeFilter;
import dev.threadwell.vectorstore.Relevance;
import dev.threadwell.vectorstore.SearchResult;
import dev.threadwell.vectorstore.SearchTerms;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The chunks of files in vector stores, and keyword search over them in PostgreSQL. */
@ApplicationScoped
public class ChunkStore {

    /** The maximum number of chunks that are ranked, of those that contain any of the words. */
    private static final int CANDIDATES = 200;

    private static final int MAX_WORDS = 64;

    private static final String SEARCH =
            """
            select c.file_id, f.filename, f.document::text as document, c.text
            from vector_store_chunks c
            join vector_store_files f
                on f.vector_store_id = c.vector_store_id and f.id = c.file_id and f.seq = c.stay
            where c.vector_store_id = any($1) and c.project_id = $2 and c.words @@ $3::text::tsquery
                and f.status = 'completed'
                and ($4::text is null or f.attributes @@ $4::text::jsonpath)
                and exists (select 1 from live_files l where l.id = f.id and l.project_id = $2)
            order by ts_rank(c.words, $3::text::tsquery, 1) desc, f.seq, c.n
            limit $5
            """;

    private static final String TEXT =
            """
            select c.overlap, c.text
            from vector_store_chunks c
            join vector_store_files f
                on f.vector_store_id = c.vector_store_id and f.id = c.file_id and f.seq = c.stay
            where c.vector_store_id = $1 and c.project_id = $2 and c.file_id = $3
                and f.status = 'completed'
            order by c.n
            """;

    private final Pool pool;

    @Inject
    public ChunkStore(Pool pool) {
        this.pool = pool;
    }

    /** The chunks of these stores that match the query best, the best first. */
    public Uni<List<SearchResult>> search(
            String projectId,
            Collection<String> storeIds,
            String query,
            @Nullable AttributeFilter filter,
            int limit,
            double threshold) {
        List<String> words = SearchTerms.of(query).stream().distinct().limit(MAX_WORDS).toList();
        if (words.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return pool.preparedQuery(SEARCH)
                .execute(
                        Tuple.of(
                                storeIds.toArray(String[]::new),
                                projectId,
                                SearchTerms.anyOf(words),
                                filter == null ? null : FilterPath.of(filter),
                                CANDIDATES))
                .map(rows -> ranked(words, rows, limit, threshold));
    }

    private static List<SearchResult> ranked(
            List<String> words, RowSet<Row> rows, int limit, double threshold) {
        List<Row> candidates = new ArrayList<>();
        rows.forEach(candidates::add);
        double[] scores =
                Relevance.scores(words, candidates.stream().map(r -> r.getString("text")).toList());
        List<SearchResult> results = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] >= threshold) {
                results.add(ChunkIndexRows.result(candidates.get(i), scores[i]));
            }
        }
        results.sort(Comparator.comparingDouble(SearchResult::score).reversed());
        return List.copyOf(results.subList(0, Math.min(limit, results.size())));
    }

    /** The text of a file as it was ingested; empty if its ingestion is not completed. */
    public Uni<String> text(String projectId, String storeId, String fileId) {
        return pool.preparedQuery(TEXT)
                .execute(Tuple.of(storeId, projectId, fileId))
                .map(
                        rows -> {
                            StringBuilder whole = new StringBuilder();
                            for (Row row : rows) {
                                whole.append(
                                        row.getString("text").substring(row.getInteger("overlap")));
                            }
                            return whole.toString();
                        });
    }
}
