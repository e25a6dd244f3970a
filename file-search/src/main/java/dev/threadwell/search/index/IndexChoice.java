package dev.threadwell.search.index;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Produces the configured index: OpenSearch if its URL is set, otherwise Lucene in this process.
 */
final class IndexChoice {

    @Produces
    @ApplicationScoped
    ChunkIndex index(FileSearchConfig config) {
        FileSearchConfig.OpenSearch server = config.opensearch();
        if (server.url().isEmpty()) {
            return new LuceneIndex(
                    config.directory().map(Path::of).orElseGet(IndexChoice::temporary));
        }
        Optional<String> basic =
                server.user()
                        .map(user -> OpenSearchClient.basic(user, server.password().orElse("")));
        return new OpenSearchIndex(
                URI.create(server.url().get()),
                server.authorization().or(() -> basic),
                server.index(),
                server.shards());
    }

    private static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir"), "threadwell-file-search");
    }

    void close(@Disposes ChunkIndex index) throws IOException {
        index.close();
    }
}
