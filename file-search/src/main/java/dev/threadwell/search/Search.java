package dev.threadwell.search;

import dev.threadwell.persistence.vectorstore.ChunkIndexQueries;
import dev.threadwell.persistence.vectorstore.ChunkIndexQueries.Stays;
import dev.threadwell.persistence.vectorstore.ChunkStore;
import dev.threadwell.search.embedding.Embedder;
import dev.threadwell.search.index.ChunkIndex;
import dev.threadwell.search.index.ChunkIndex.Hit;
import dev.threadwell.vectorstore.ChunkRef;
import dev.threadwell.vectorstore.SearchResult;
import dev.threadwell.vectorstore.Vectors;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Hybrid search by embeddings and keywords. The database rows say what can be found; the index is
 * synchronized with them, and its hits are looked up in the rows. If the index or the embedder
 * fails, or a lost index is still being rebuilt, the rows are searched by keywords alone.
 */
@ApplicationScoped
public class Search {

    private static final Logger LOG = Logger.getLogger(Search.class);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Additional hits to fetch, because some chunks in the index may have been deleted since. */
    private static final int MORE = 10;

    private final Embedder embedder;
    private final ChunkIndex index;
    private final ChunkIndexQueries rows;
    private final ChunkStore chunks;
    private final IndexSync filling;
    private final Duration patience;

    @Inject
    public Search(Embedder embedder, ChunkIndex index, ChunkIndexQueries rows, ChunkStore chunks) {
        this(embedder, index, rows, chunks, PATIENCE);
    }

    Search(
            Embedder embedder,
            ChunkIndex index,
            ChunkIndexQueries rows,
            ChunkStore chunks,
            Duration patience) {
        this.patience = patience;
        this.embedder = embedder;
        this.index = index;
        this.rows = rows;
        this.chunks = chunks;
        this.filling = new IndexSync(rows);
    }

    /** The best matching chunks, the best first. */
    public Uni<List<SearchResult>> search(SearchQuery query) {
        return rows.fileVersions(query.projectId(), query.storeIds(), query.filter())
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(fileVersions -> best(query, fileVersions))
                .ifNoItem()
                .after(patience)
                .fail()
                .chain(best -> rows.results(query.projectId(), spots(best), scores(best)))
                .onFailure()
                .recoverWithUni(failure -> byWords(query, failure))
                .map(found -> ranked(query, found));
    }

    /** Synchronizes the index of a store before the first search. */
    public Uni<Void> prepare(String projectId, String storeId) {
        return rows.fileVersions(projectId, List.of(storeId), null)
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .invoke(
                        fileVersions -> {
                            for (Stays each : fileVersions) {
                                filled(projectId, each, store -> true);
                            }
                        })
                .replaceWithVoid();
    }

    private Uni<List<SearchResult>> byWords(SearchQuery query, Throwable failure) {
        LOG.warnf(failure, "searched by words alone vectorStoreIds=%s", query.storeIds());
        return chunks.search(
                query.projectId(),
                query.storeIds(),
                String.join("\n", query.queries()),
                query.filter(),
                query.limit(),
                query.threshold());
    }

    private record Scored(ChunkRef spot, double score) {}

    /**
     * Equal scores are ordered by the order of ingestion, so that the same query has the same
     * results.
     */
    private static final Comparator<Scored> BEST_FIRST =
            Comparator.comparingDouble(Scored::score)
                    .reversed()
                    .thenComparingLong(scored -> scored.spot().fileVersion())
                    .thenComparingInt(scored -> scored.spot().n());

    private List<Scored> best(SearchQuery query, List<Stays> stores) {
        List<Question> questions =
                query.queries().stream().map(q -> new Question(q, embedder.query(q))).toList();
        Map<ChunkRef, Double> best = new HashMap<>();
        for (Question question : questions) {
            List<ChunkRef> spots = new ArrayList<>();
            List<Hit> hits = new ArrayList<>();
            for (Stays store : stores) {
                for (Hit hit : hits(query, store, question)) {
                    spots.add(new ChunkRef(store.storeId(), hit.fileVersion(), hit.n()));
                    hits.add(hit);
                }
            }
            double[] scores = Fusion.scores(hits, query.weights());
            for (int i = 0; i < scores.length; i++) {
                best.merge(spots.get(i), scores[i], Math::max);
            }
        }
        return best.entrySet().stream()
                .map(entry -> new Scored(entry.getKey(), entry.getValue()))
                .filter(scored -> scored.score() >= query.threshold())
                .sorted(BEST_FIRST)
                .limit(query.limit() + MORE)
                .toList();
    }

    private record Question(String text, Vectors meaning) {}

    private List<Hit> hits(SearchQuery query, Stays fileVersions, Question question) {
        if (fileVersions.wanted().length == 0) {
            return List.of();
        }
        @Nullable Set<Long> only = query.filter() == null ? null : Set.of(fileVersions.wanted());
        return filled(
                query.projectId(),
                fileVersions,
                store -> store.search(question.text(), question.meaning(), only));
    }

    private <T> T filled(String projectId, Stays fileVersions, ChunkIndex.Work<T> work) {
        try {
            return index.with(
                    fileVersions.storeId(),
                    store -> {
                        filling.fill(projectId, fileVersions, store);
                        return work.on(store);
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<ChunkRef> spots(List<Scored> best) {
        return best.stream().map(Scored::spot).toList();
    }

    private static List<Double> scores(List<Scored> best) {
        return best.stream().map(Scored::score).toList();
    }

    private static List<SearchResult> ranked(SearchQuery query, List<SearchResult> found) {
        return found.stream()
                .sorted(Comparator.comparingDouble(SearchResult::score).reversed())
                .limit(query.limit())
                .toList();
    }
}
