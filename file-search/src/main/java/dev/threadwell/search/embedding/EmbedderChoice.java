package dev.threadwell.search.embedding;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Produces the configured embedder: a provider's if its URL is set, otherwise the local models. */
final class EmbedderChoice {

    @Produces
    @ApplicationScoped
    Embedder embedder(
            @ConfigProperty(name = "threadwell.embeddings.base-url") Optional<String> baseUrl,
            @ConfigProperty(name = "threadwell.embeddings.api-key") Optional<String> key,
            @ConfigProperty(
                            name = "threadwell.embeddings.model",
                            defaultValue = "text-embedding-3-small")
                    String model,
            @ConfigProperty(name = "threadwell.embeddings.dimensions")
                    Optional<Integer> dimensions) {
        return baseUrl.filter(url -> !url.isBlank())
                .<Embedder>map(url -> new ProviderEmbedder(url, key, model, dimensions))
                .orElseGet(LocalEmbedder::new);
    }
}
