package dev.threadwell.search;

import dev.threadwell.embedded.Directories;
import dev.threadwell.search.index.ChunkIndex;
import dev.threadwell.search.index.LuceneIndex;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The search with indexes in a directory of this process. */
class LuceneSearchTest extends SearchRules {

    @TempDir Path directory;

    @Override
    ChunkIndex open() {
        return new LuceneIndex(directory);
    }

    @Override
    void lose() throws IOException {
        index.close();
        Directories.delete(directory);
        index = open();
    }
}
