package dev.threadwell.toolworker.websearch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.threadwell.platform.egress.Egress;
import dev.threadwell.toolworker.ingestion.DocumentReader;
import dev.threadwell.toolworker.ingestion.Extraction;
import dev.threadwell.toolworker.ingestion.ReaderUnavailable;
import dev.threadwell.toolworker.websearch.PageFetcher.Fetched;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads web pages: fetches them, takes the text out of HTML in the sandbox, and keeps the text for
 * some minutes, for each project by itself.
 */
@ApplicationScoped
class WebPages {

    private static final Logger LOG = Logger.getLogger(WebPages.class);

    private static final String HTML = ".html";
    private static final int MAX_CHARACTERS = 200_000;

    /** Two bytes for a character, and something for the objects around them. */
    private static final int BYTES_PER_CHARACTER = 2;

    private static final int BYTES_PER_PAGE = 512;

    private final PageFetcher fetcher;
    private final DocumentReader reader;
    private final Duration timeout;
    private final Cache<Key, Page> read;

    /** Each reader is a process, and there are as many as there are processors to run them. */
    private final Semaphore readers = new Semaphore(Runtime.getRuntime().availableProcessors());

    private record Key(String projectId, URI url) {}

    /**
     * The text of a page.
     *
     * @param url where it was in the end
     */
    record Page(URI url, String text) {}

    @Inject
    WebPages(Egress egress, DocumentReader reader, WebSearchConfig config) {
        this.fetcher =
                new PageFetcher(
                        egress, new Robots(egress), config.pageTimeout(), config.pageBytes());
        this.reader = reader;
        this.timeout = config.pageTimeout();
        this.read =
                Caffeine.newBuilder()
                        .maximumWeight(config.cacheBytes())
                        .weigher(
                                (Key key, Page page) ->
                                        BYTES_PER_PAGE + BYTES_PER_CHARACTER * page.text().length())
                        .expireAfterWrite(config.cacheTime())
                        .build();
    }

    /** The text of this page; fails with {@link PageUnread}. Blocking. */
    Page page(String projectId, URI url, Domains domains) throws InterruptedException {
        Key key = new Key(projectId, url);
        Page known = read.getIfPresent(key);
        if (known == null) {
            known = text(Waiting.on(fetcher.fetch(url, domains), timeout.plusSeconds(1)));
            read.put(key, known);
        }
        if (!domains.permits(known.url())) {
            throw new PageUnread("its host is not one of the allowed domains");
        }
        return known;
    }

    private Page text(Fetched page) throws InterruptedException {
        String text =
                switch (type(page.contentType())) {
                    case "text/html", "application/xhtml+xml" -> html(page);
                    case "text/plain" -> PageEncoding.text(page.body(), page.contentType());
                    default -> throw new PageUnread("it is neither HTML nor plain text");
                };
        String cleaned = WebText.cleaned(WebText.begin(text, MAX_CHARACTERS));
        if (cleaned.isEmpty()) {
            throw new PageUnread("it has no text");
        }
        return new Page(page.url(), cleaned);
    }

    private static String type(@Nullable String contentType) {
        String type = contentType == null ? "text/html" : contentType;
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    private String html(Fetched page) throws InterruptedException {
        if (!reader.available()) {
            throw new PageUnread("there is no sandbox to read it in");
        }
        if (!readers.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new PageUnread("too many pages are being read");
        }
        try {
            byte[] utf8 = PageEncoding.utf8(page.body(), page.contentType());
            return switch (reader.read(HTML, utf8)) {
                case Extraction.Text(var text) -> text;
                case Extraction.Unreadable _ -> throw new PageUnread("it has no readable text");
            };
        } catch (ReaderUnavailable e) {
            LOG.warn("a page could not be read by a fault of ours", e);
            throw new PageUnread("it cannot be read here");
        } finally {
            readers.release();
        }
    }
}
