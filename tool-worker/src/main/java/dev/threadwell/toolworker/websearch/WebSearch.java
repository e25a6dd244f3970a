package dev.threadwell.toolworker.websearch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.assistant.ToolKind;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.search.embedding.Embedder;
import dev.threadwell.thread.UrlCitation;
import dev.threadwell.toolworker.CancelledRuns;
import dev.threadwell.toolworker.ToolExecutor;
import dev.threadwell.toolworker.websearch.SearchEngine.Hit;
import dev.threadwell.topic.ToolRequested;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The web search tool. A call only reads, so that it can be repeated. */
@ApplicationScoped
public class WebSearch implements ToolExecutor {

    private static final Logger LOG = Logger.getLogger(WebSearch.class);

    private static final int LONGEST_QUERY = 400;

    /** The rest of the time is for the pages. */
    private static final double TIME_FOR_THE_ENGINE = 0.5;

    private final SearchEngine engine;
    private final WebPages pages;
    private final Embedder embedder;
    private final CancelledRuns cancelled;
    private final WebSearchConfig config;

    @Inject
    WebSearch(
            SearchEngine engine,
            WebPages pages,
            Embedder embedder,
            CancelledRuns cancelled,
            WebSearchConfig config) {
        this.engine = engine;
        this.pages = pages;
        this.embedder = embedder;
        this.cancelled = cancelled;
        this.config = config;
    }

    @Override
    public ToolKind kind() {
        return ToolKind.WEB_SEARCH;
    }

    @Override
    public ToolOutput execute(ToolRequested call) {
        String query = query(call.arguments());
        if (query == null) {
            return found(List.of(), "Nothing was searched: give a query.");
        }
        try {
            return cancelled.unless(call.runId(), searched(call, query)).await().indefinitely();
        } catch (SearchEngineException e) {
            LOG.infof(
                    "a web search failed runId=%s callId=%s reason=%s",
                    call.runId(), call.callId(), e.getMessage());
            return found(
                    List.of(),
                    "The web was not searched. %s Answer without it, and say so."
                            .formatted(e.getMessage()));
        }
    }

    /** The query; null if there is none. */
    private static @Nullable String query(String arguments) {
        try {
            String query =
                    WebText.cleaned(Json.read(arguments, JsonNode.class).path("query").asText(""))
                            .replace('\n', ' ');
            return query.isEmpty() ? null : WebText.begin(query, LONGEST_QUERY);
        } catch (UncheckedIOException e) {
            // The model wrote no JSON, and is told that it gave no query.
            return null;
        }
    }

    /** The call on a thread of its own, which is interrupted when the call is cancelled. */
    private Uni<ToolOutput> searched(ToolRequested call, String query) {
        return Uni.createFrom()
                .emitter(
                        emitter -> {
                            Thread thread =
                                    Thread.ofVirtual()
                                            .unstarted(
                                                    () -> {
                                                        try {
                                                            emitter.complete(output(call, query));
                                                        } catch (Exception | StackOverflowError e) {
                                                            emitter.fail(e);
                                                        }
                                                    });
                            emitter.onTermination(thread::interrupt);
                            thread.start();
                        });
    }

    private ToolOutput output(ToolRequested call, String query) throws InterruptedException {
        Deadline deadline = Deadline.in(config.timeout());
        SearchOptions options = SearchOptions.of(call.definition());
        List<Hit> hits = hits(query, options, deadline.part(TIME_FOR_THE_ENGINE));
        PageSearch search = new PageSearch(pages, embedder, call, options.domains(), deadline);
        List<WebResult> results = search.results(query, wanted(hits, options));
        return results.isEmpty()
                ? found(results, "Nothing was found in the web.")
                : found(results, WebResult.told(results));
    }

    private List<Hit> hits(String query, SearchOptions options, Duration longest)
            throws InterruptedException {
        SearchEngine.Query asked =
                new SearchEngine.Query(query, options.results(), options.domains());
        Uni<List<Hit>> found =
                engine.search(asked)
                        .ifNoItem()
                        .after(longest)
                        .failWith(
                                () ->
                                        new SearchEngineException(
                                                "The search engine did not answer in time.", true));
        return Waiting.on(found, longest.plusSeconds(1));
    }

    /** The first hits that are wanted, each page once. */
    private static List<WebResult> wanted(List<Hit> hits, SearchOptions options) {
        Map<String, WebResult> wanted = new LinkedHashMap<>();
        for (Hit hit : hits) {
            UrlCitation page = UrlCitation.of(hit.url(), hit.title());
            if (page != null
                    && options.domains().permitsUrl(page.url())
                    && wanted.size() < options.results()) {
                wanted.putIfAbsent(
                        page.url(), new WebResult(page, WebText.cleaned(hit.snippet()), List.of()));
            }
        }
        return List.copyOf(wanted.values());
    }

    private static ToolOutput found(List<WebResult> results, String told) {
        return new ToolOutput.Result(
                Map.of("results", results.stream().map(WebResult::shown).toList()),
                told,
                List.of(),
                List.of());
    }
}
