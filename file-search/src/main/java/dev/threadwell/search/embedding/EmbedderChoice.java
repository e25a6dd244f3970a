package dev.threadwell.search.embedding;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** Embeds by the provider that the settings name, or else in this process. */
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
