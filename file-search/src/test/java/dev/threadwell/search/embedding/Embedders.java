package dev.threadwell.search.embedding;

import java.util.Optional;

/** The embedders, for the tests of other packages. */
public final class Embedders {

    private Embedders() {}

    public static Embedder local() {
        return new LocalEmbedder();
    }

    public static Embedder provider(String baseUrl, int dimensions) {
        return new ProviderEmbedder(
                baseUrl, Optional.of("sk-test"), "text-embedding-3-small", Optional.of(dimensions));
    }
}
