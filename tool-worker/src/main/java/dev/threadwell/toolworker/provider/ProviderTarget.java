package dev.threadwell.toolworker.provider;

import dev.threadwell.platform.settings.ModelConfig;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The provider that a tool asks.
 *
 * @param baseUrl the base of its API, including {@code /v1}
 * @param key sent to this provider only
 */
public record ProviderTarget(URI baseUrl, @Nullable String key) {

    /**
     * A tool's own provider, or else the provider of the models; empty if neither is configured.
     * Security: the key of the models' provider is not sent to the tool's own one.
     */
    public static Optional<ProviderTarget> of(
            Optional<URI> baseUrl, Optional<String> key, ModelConfig model) {
        return baseUrl.map(own -> new ProviderTarget(own, key.orElse(null)))
                .or(
                        () ->
                                model.baseUrl()
                                        .map(
                                                shared ->
                                                        new ProviderTarget(
                                                                shared,
                                                                key.or(model::apiKey)
                                                                        .orElse(null))));
    }

    URI endpoint(String path) {
        return URI.create(baseUrl.toString().replaceAll("/+$", "") + path);
    }

    /** The text without the key, which a provider may repeat in its errors. */
    String redacted(String text) {
        return key == null || key.isBlank() ? text : text.replace(key, "***");
    }

    /** Security: leaves out the key. */
    @Override
    public String toString() {
        return baseUrl.toString();
    }
}
