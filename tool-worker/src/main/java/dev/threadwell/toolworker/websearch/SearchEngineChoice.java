package dev.threadwell.toolworker.websearch;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.net.URI;
import java.util.Optional;

/** Produces the configured search engine. */
final class SearchEngineChoice {

    private static final URI TAVILY = URI.create("https://api.tavily.com");

    @Produces
    @ApplicationScoped
    SearchEngine engine(WebSearchConfig config) {
        return of(config);
    }

    static SearchEngine of(WebSearchConfig config) {
        Optional<URI> base = config.baseUrl().filter(url -> !url.toString().isBlank());
        EngineClient client = new EngineClient(config.apiKey(), config.engineTimeout());
        return switch (config.engine().orElse(null)) {
            case SEARXNG ->
                    new SearxngEngine(
                            client,
                            base.orElseThrow(
                                    () ->
                                            new IllegalStateException(
                                                    "threadwell.web-search.base-url is missing:"
                                                            + " where is the SearXNG instance?")));
            case TAVILY -> new TavilyEngine(client, base.orElse(TAVILY));
            case null ->
                    _ ->
                            Uni.createFrom()
                                    .failure(
                                            new SearchEngineException(
                                                    "No search engine is configured.", false));
        };
    }
}
