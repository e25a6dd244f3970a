package dev.threadwell.search.embedding;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** Produces the configured embedder: a provider's if its URL is set, otherwise the local models. */
final class EmbedderChoice {

    @Produces
    @ApplicationScoped
    Embedder embedder(EmbeddingConfig config) {
        return config.baseUrl()
                .filter(url -> !url.isBlank())
                .<Embedder>map(
                        url ->
                                new ProviderEmbedder(
                                        url, config.apiKey(), config.model(), config.dimensions()))
                .orElseGet(LocalEmbedder::new);
    }
}
