package dev.threadwell.toolworker.filesearch;

import dev.threadwell.assistant.Tool.Options;
import dev.threadwell.assistant.Tool.Ranking;
import dev.threadwell.assistant.ToolKind;
import dev.threadwell.persistence.run.RunFileAccess;
import dev.threadwell.persistence.run.RunKey;
import dev.threadwell.persistence.run.RunStore;
import dev.threadwell.persistence.vectorstore.VectorStoreStore;
import dev.threadwell.platform.outbox.TransientFailures;
import dev.threadwell.platform.tracing.GenAi;
import dev.threadwell.platform.tracing.SpanKeys;
import dev.threadwell.platform.tracing.Tracing;
import dev.threadwell.run.Run;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.search.Search;
import dev.threadwell.search.SearchQuery;
import dev.threadwell.search.SearchQuery.Weights;
import dev.threadwell.toolworker.ToolExecutor;
import dev.threadwell.topic.ToolRequested;
import dev.threadwell.vectorstore.SearchResult;
import dev.threadwell.vectorstore.VectorStore;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The file search tool: searches the vector stores of a run's assistant and of its thread. */
@ApplicationScoped
public class FileSearch implements ToolExecutor {

    private static final String RANKER = "default_2024_08_21";

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final RunStore runs;
    private final RunFileAccess files;
    private final VectorStoreStore stores;
    private final Search search;
    private final Tracing tracing;

    @Inject
    public FileSearch(
            RunStore runs,
            RunFileAccess files,
            VectorStoreStore stores,
            Search search,
            Tracing tracing) {
        this.runs = runs;
        this.files = files;
        this.stores = stores;
        this.search = search;
        this.tracing = tracing;
    }

    @Override
    public ToolKind kind() {
        return ToolKind.FILE_SEARCH;
    }

    @Override
    public ToolOutput execute(ToolRequested call) {
        List<String> queries = SearchQueries.of(call.arguments());
        if (queries.isEmpty()) {
            return new ToolOutput.Text("Nothing was searched: give at least one query.");
        }
        Options options = options(call);
        Map<String, Object> ranking = new LinkedHashMap<>();
        ranking.put("ranker", ranker(options));
        ranking.put("score_threshold", options.rankingOptions().scoreThreshold());
        return new ToolOutput.Found(
                ranking, found(call, queries, options).stream().map(FileSearch::shown).toList());
    }

    private static Options options(ToolRequested call) {
        return call.definition()
                        instanceof dev.threadwell.assistant.Tool.FileSearch(Options options)
                ? options
                : new Options(null, new Ranking(RANKER, 0, null));
    }

    private static String ranker(Options options) {
        String asked = options.rankingOptions().ranker();
        return asked.equals("auto") ? RANKER : asked;
    }

    private List<SearchResult> found(ToolRequested call, List<String> queries, Options options) {
        RunKey key = new RunKey(call.projectId(), call.threadId(), call.runId());
        Run run = got(runs.find(key));
        List<String> ids = got(files.of(key).chain(f -> alive(call.projectId(), f.stores())));
        if (run == null || ids.isEmpty()) {
            return List.of();
        }
        ResultBudget allowance = allowance(run, options);
        SearchQuery query =
                new SearchQuery(
                        call.projectId(),
                        ids,
                        queries,
                        null,
                        allowance.results(),
                        options.rankingOptions().scoreThreshold(),
                        Weights.of(options.rankingOptions().hybridSearch()));
        return allowance.of(retrieved(call, query));
    }

    private List<SearchResult> retrieved(ToolRequested call, SearchQuery query) {
        Span span = tracing.here(SpanKind.CLIENT, GenAi.RETRIEVAL);
        try {
            List<SearchResult> results = got(search.search(query));
            span.setAttribute(SpanKeys.RESULTS, results.size());
            return results;
        } catch (RuntimeException e) {
            span.setAttribute(SpanKeys.ERROR, e.getClass().getSimpleName());
            span.setStatus(StatusCode.ERROR);
            throw e;
        } finally {
            describe(span, call, query);
            span.end();
        }
    }

    private static void describe(Span span, ToolRequested call, SearchQuery query) {
        span.setAttribute(GenAi.OPERATION, GenAi.RETRIEVAL);
        span.setAttribute(GenAi.CONVERSATION, call.threadId());
        span.setAttribute(GenAi.RETRIEVAL_TOP_K, query.limit());
        if (query.storeIds().size() == 1) {
            span.setAttribute(GenAi.DATA_SOURCE, query.storeIds().getFirst());
        }
        span.setAttribute(SpanKeys.RUN, call.runId());
    }

    private static ResultBudget allowance(Run run, Options options) {
        ResultBudget allowance = ResultBudget.of(run.model());
        Integer asked = options.maxNumResults();
        return asked == null ? allowance : allowance.withResults(asked);
    }

    /** The stores that have not expired; marks them as used, which renews their expiration. */
    private Uni<List<String>> alive(String projectId, List<String> ids) {
        return stores.all(projectId, ids)
                .map(
                        all ->
                                all.values().stream()
                                        .filter(store -> !store.expired())
                                        .map(VectorStore::id)
                                        .toList())
                .call(alive -> stores.used(projectId, alive));
    }

    private static <T extends @Nullable Object> T got(Uni<T> answer) {
        return TransientFailures.retried(answer, PATIENCE).await().atMost(PATIENCE.plusSeconds(5));
    }

    private static Map<String, Object> shown(SearchResult result) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("file_id", result.fileId());
        shown.put("file_name", result.filename());
        shown.put("score", result.score());
        shown.put("attributes", result.attributes());
        shown.put("content", result.content().stream().map(FileSearch::shown).toList());
        return shown;
    }

    private static Map<String, Object> shown(SearchResult.Content part) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("type", part.type());
        shown.put("text", part.text());
        return shown;
    }
}
