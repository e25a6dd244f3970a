package dev.threadwell.search.index;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** An index in a directory of this process. */
class LuceneIndexTest extends ChunkIndexRules {

    @TempDir Path directory;

    @Override
    ChunkIndex open() {
        return new LuceneIndex(directory);
    }
}
