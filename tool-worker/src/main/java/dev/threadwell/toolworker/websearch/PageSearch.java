package dev.threadwell.toolworker.websearch;

import dev.threadwell.search.embedding.Embedder;
import dev.threadwell.thread.UrlCitation;
import dev.threadwell.toolworker.websearch.Passages.Passage;
import dev.threadwell.toolworker.websearch.WebPages.Page;
import dev.threadwell.topic.ToolRequested;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Searches the pages that a search engine has found: reads them side by side, and keeps the
 * passages that fit the query best. What is not read in time is left out; the engine's description
 * of the page takes its place.
 */
final class PageSearch {

    private static final Logger LOG = Logger.getLogger(PageSearch.class);

    /** The rest of the time is for the embeddings. */
    private static final double TIME_FOR_PAGES = 0.7;

    private static final double TIME_FOR_EMBEDDINGS = 0.9;
    private static final int PASSAGES_OF_A_PAGE = 3;

    /** About eight thousand tokens. */
    private static final int MOST_CHARACTERS = 32_000;

    private final WebPages pages;
    private final Embedder embedder;
    private final ToolRequested call;
    private final Domains domains;
    private final Deadline deadline;

    PageSearch(
            WebPages pages,
            Embedder embedder,
            ToolRequested call,
            Domains domains,
            Deadline deadline) {
        this.pages = pages;
        this.embedder = embedder;
        this.call = call;
        this.domains = domains;
        this.deadline = deadline;
    }

    /** The results with their passages, best first. */
    List<WebResult> results(String query, List<WebResult> found) throws InterruptedException {
        if (found.isEmpty()) {
            return found;
        }
        List<@Nullable Page> read = read(found);
        List<String> texts =
                IntStream.range(0, found.size())
                        .mapToObj(i -> text(found.get(i), read.get(i)))
                        .toList();
        Map<Integer, List<Passage>> best = best(ranked(query, texts));
        List<WebResult> results = new ArrayList<>();
        best.forEach((i, passages) -> results.add(result(found.get(i), read.get(i), passages)));
        IntStream.range(0, found.size())
                .filter(i -> !best.containsKey(i))
                .forEach(i -> results.add(result(found.get(i), read.get(i), List.of())));
        return List.copyOf(results);
    }

    private static String text(WebResult result, @Nullable Page page) {
        return page == null ? result.page().title() + "\n" + result.snippet() : page.text();
    }

    private static WebResult result(WebResult found, @Nullable Page page, List<Passage> passages) {
        if (page == null) {
            return found;
        }
        UrlCitation where = UrlCitation.of(page.url().toString(), found.page().title());
        return new WebResult(
                where == null ? found.page() : where,
                found.snippet(),
                passages.stream().map(Passage::text).toList());
    }

    private List<@Nullable Page> read(List<WebResult> found) throws InterruptedException {
        List<Callable<Page>> work =
                found.stream()
                        .<Callable<Page>>map(result -> () -> page(result.page().url()))
                        .toList();
        // Not closed: that would wait for a reader that does not heed the interruption. All of
        // them end by limits of their own.
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            Duration longest = deadline.part(TIME_FOR_PAGES);
            List<Future<Page>> read =
                    threads.invokeAll(work, longest.toMillis(), TimeUnit.MILLISECONDS);
            List<@Nullable Page> pages = new ArrayList<>();
            for (Future<Page> page : read) {
                pages.add(orNull(page));
            }
            return pages;
        } finally {
            threads.shutdownNow();
        }
    }

    private Page page(String url) throws InterruptedException {
        URI whole = URI.create(url);
        String fragment = whole.getRawFragment();
        URI page =
                fragment == null
                        ? whole
                        : URI.create(url.substring(0, url.length() - fragment.length() - 1));
        return pages.page(call.projectId(), page, domains);
    }

    private @Nullable Page orNull(Future<Page> page) throws InterruptedException {
        try {
            return page.get();
        } catch (CancellationException e) {
            LOG.debugf("a page was not read in time runId=%s", call.runId());
            return null;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PageUnread unread) {
                LOG.debugf(
                        "a page was not read runId=%s reason=%s",
                        call.runId(), unread.getMessage());
            } else {
                // The message of an unexpected failure may quote the page.
                LOG.warnf(
                        "a page was not read runId=%s failure=%s",
                        call.runId(), String.valueOf(e.getCause()).split(":", 2)[0]);
            }
            return null;
        }
    }

    /** By meaning and words; by words alone if the embedder fails or takes too long. */
    private List<Passage> ranked(String query, List<String> texts) throws InterruptedException {
        List<Passage> candidates = Passages.candidates(query, texts);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            Callable<List<Passage>> work = () -> Passages.ranked(query, candidates, embedder);
            Duration longest = deadline.part(TIME_FOR_EMBEDDINGS);
            return threads.invokeAll(List.of(work), longest.toMillis(), TimeUnit.MILLISECONDS)
                    .getFirst()
                    .get();
        } catch (CancellationException | ExecutionException e) {
            LOG.warnf("passages are ranked by words alone runId=%s reason=%s", call.runId(), e);
            return candidates;
        } finally {
            threads.shutdownNow();
        }
    }

    /**
     * The best passages of each page, in the order of the page; the pages by their best passage.
     */
    private static Map<Integer, List<Passage>> best(List<Passage> ranked) {
        Map<Integer, List<Passage>> best = new LinkedHashMap<>();
        int left = MOST_CHARACTERS;
        for (Passage passage : ranked) {
            List<Passage> ofPage = best.computeIfAbsent(passage.source(), _ -> new ArrayList<>());
            if (ofPage.size() < PASSAGES_OF_A_PAGE && passage.text().length() <= left) {
                ofPage.add(passage);
                left -= passage.text().length();
            }
        }
        best.values().forEach(passages -> passages.sort(Comparator.comparingInt(Passage::place)));
        return best;
    }
}
