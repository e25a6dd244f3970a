package dev.threadwell.toolworker.websearch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Settings of the search in the web. */
@ConfigMapping(prefix = "threadwell.web-search")
public interface WebSearchConfig {

    /** The kinds of search engines. */
    enum Engine {
        /** A SearXNG instance. */
        SEARXNG,
        /** The API of Tavily. */
        TAVILY
    }

    /** The search engine: {@code searxng} or {@code tavily}. Without one nothing is searched. */
    Optional<Engine> engine();

    /**
     * The base URL of the engine, which {@code /search} is added to; for Tavily {@code
     * https://api.tavily.com} if it is not set.
     */
    Optional<URI> baseUrl();

    /** The engine's API key, if it requires one. */
    Optional<String> apiKey();

    /** The timeout for the engine's answer, repetitions included. */
    @WithDefault("10s")
    Duration engineTimeout();

    /** The timeout for a page, redirects included. */
    @WithDefault("10s")
    Duration pageTimeout();

    /** How much of a page is read, in bytes. */
    @WithDefault("2097152")
    int pageBytes();

    /** The timeout for a call; what has not been read by then is left out. */
    @WithDefault("30s")
    Duration timeout();

    /** The maximum size of the pages that are kept, in bytes of memory. */
    @WithDefault("33554432")
    long cacheBytes();

    /** How long a page is kept for the project that has read it. */
    @WithDefault("10m")
    Duration cacheTime();
}
