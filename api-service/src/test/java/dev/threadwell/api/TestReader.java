package dev.threadwell.api;

import dev.threadwell.persistence.vectorstore.IngestionStore;
import dev.threadwell.persistence.vectorstore.IngestionStore.Ingestion;
import dev.threadwell.topic.FileAdded;
import dev.threadwell.vectorstore.Chunk;
import dev.threadwell.vectorstore.VectorStoreFile.Failure;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/** Reads the files of vector stores as a tool worker does, when a test says so. */
@ApplicationScoped
class TestReader {

    private final IngestionStore ingestions;

    TestReader(IngestionStore ingestions) {
        this.ingestions = ingestions;
    }

    void reads(String project, String store, String file, String text) {
        Ingestion ingestion = begun(project, store, file);
        await(ingestions.save(ingestion, 0, List.of(new Chunk(0, text))));
        await(ingestions.complete(ingestion, 1_045));
    }

    void cannotRead(String project, String store, String file) {
        await(ingestions.fail(begun(project, store, file), new Failure("invalid_file", "no text")));
    }

    private Ingestion begun(String project, String store, String file) {
        return await(ingestions.begin(new FileAdded(project, store, file)));
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(Duration.ofSeconds(60));
    }
}
