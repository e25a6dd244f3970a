package dev.threadwell.persistence.vectorstore;

import dev.threadwell.persistence.database.Statement;
import dev.threadwell.vectorstore.AttributeFilter;
import dev.threadwell.vectorstore.Relevance;
import dev.threadwell.vectorstore.SearchResult;
import dev.threadwell.vectorstore.SearchTerms;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
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

    private static final Statement SEARCH =
            Statement.of(
                    """
                    select c.file_id, f.filename, f.document::text as document, c.text
                    from vector_store_chunks c
                    join vector_store_files f
                        on f.vector_store_id = c.vector_store_id and f.id = c.file_id and f.seq = c.stay
                    where c.vector_store_id = any(:store_ids) and c.project_id = :project_id
                        and c.words @@ :words::text::tsquery
                        and f.status = 'completed'
                        and (:filter::text is null or f.attributes @@ :filter::text::jsonpath)
                        and exists (select 1 from live_files l where l.id = f.id and l.project_id = :project_id)
                    order by ts_rank(c.words, :words::text::tsquery, 1) desc, f.seq, c.n
                    limit :candidates
                    """);

    private static final Statement TEXT =
            Statement.of(
                    """
                    select c.overlap, c.text
                    from vector_store_chunks c
                    join vector_store_files f
                        on f.vector_store_id = c.vector_store_id and f.id = c.file_id and f.seq = c.stay
                    where c.vector_store_id = :store_id and c.project_id = :project_id and c.file_id = :file_id
                        and f.status = 'completed'
                    order by c.n
                    """);

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
        return SEARCH.with("store_ids", storeIds.toArray(String[]::new))
                .with("project_id", projectId)
                .with("words", SearchTerms.anyOf(words))
                .with("filter", filter == null ? null : FilterPath.of(filter))
                .with("candidates", CANDIDATES)
                .execute(pool)
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
                results.add(ChunkIndexQueries.result(candidates.get(i), scores[i]));
            }
        }
        results.sort(Comparator.comparingDouble(SearchResult::score).reversed());
        return List.copyOf(results.subList(0, Math.min(limit, results.size())));
    }

    /** The text of a file as it was ingested; empty if its ingestion is not completed. */
    public Uni<String> text(String projectId, String storeId, String fileId) {
        return TEXT.with("store_id", storeId)
                .with("project_id", projectId)
                .with("file_id", fileId)
                .execute(pool)
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
