package dev.threadwell.search.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.search.OpenSearchForTests;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the settings say that is searched. */
@Tag("server")
class IndexChoiceTest {

    private final String name = "test-" + UUID.randomUUID();

    @TempDir Path directory;

    private ChunkIndex chosen(Optional<String> url) {
        return new IndexChoice().index(new Chosen(directory, url, name));
    }

    private record Chosen(Path path, Optional<String> url, String index)
            implements FileSearchConfig, FileSearchConfig.OpenSearch {

        @Override
        public Optional<String> directory() {
            return Optional.of(path.toString());
        }

        @Override
        public OpenSearch opensearch() {
            return this;
        }

        @Override
        public Optional<String> user() {
            return Optional.of("ann");
        }

        @Override
        public Optional<String> password() {
            return Optional.of("pass");
        }

        @Override
        public Optional<String> authorization() {
            return Optional.empty();
        }

        @Override
        public int shards() {
            return 1;
        }
    }

    private static Set<Long> filled(ChunkIndex index) throws IOException {
        ChunkIndexRules.fill(index, "vs_1", ChunkIndexRules.chunk(7, 0, "low water"));
        return fileVersions(index);
    }

    private static Set<Long> fileVersions(ChunkIndex index) throws IOException {
        return index.with("vs_1", ChunkIndex.OfStore::fileVersions);
    }

    @Test
    void withoutAnAddressItIsInTheDirectory() throws IOException {
        try (ChunkIndex index = chosen(Optional.empty())) {
            assertThat(filled(index)).containsExactly(7L);
        }
        try (ChunkIndex again = new LuceneIndex(directory)) {
            assertThat(fileVersions(again)).containsExactly(7L);
        }
    }

    @Test
    void withAnAddressItIsInTheOpenSearchThere() throws IOException {
        try (ChunkIndex index = chosen(Optional.of(OpenSearchForTests.address() + "/"));
                ChunkIndex other = OpenSearchForTests.process(name)) {
            assertThat(filled(index)).containsExactly(7L);
            assertThat(fileVersions(other)).containsExactly(7L);
        }
        assertThat(directory).isEmptyDirectory();
    }
}
