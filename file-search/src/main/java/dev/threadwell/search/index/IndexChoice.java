package dev.threadwell.search.index;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Produces the configured index: OpenSearch if its URL is set, otherwise Lucene in this process.
 */
final class IndexChoice {

    @Produces
    @ApplicationScoped
    ChunkIndex index(
            @ConfigProperty(name = "threadwell.file-search.directory") Optional<String> directory,
            @ConfigProperty(name = "threadwell.file-search.opensearch.url") Optional<String> url,
            @ConfigProperty(name = "threadwell.file-search.opensearch.user") Optional<String> user,
            @ConfigProperty(name = "threadwell.file-search.opensearch.password")
                    Optional<String> password,
            @ConfigProperty(name = "threadwell.file-search.opensearch.authorization")
                    Optional<String> authorization,
            @ConfigProperty(
                            name = "threadwell.file-search.opensearch.index",
                            defaultValue = "threadwell-chunks")
                    String name,
            @ConfigProperty(name = "threadwell.file-search.opensearch.shards", defaultValue = "3")
                    int shards) {
        if (url.isEmpty()) {
            return new LuceneIndex(directory.map(Path::of).orElseGet(IndexChoice::temporary));
        }
        Optional<String> basic = user.map(u -> OpenSearchClient.basic(u, password.orElse("")));
        return new OpenSearchIndex(
                URI.create(url.get()), authorization.or(() -> basic), name, shards);
    }

    private static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir"), "threadwell-file-search");
    }

    void close(@Disposes ChunkIndex index) throws IOException {
        index.close();
    }
}
