package dev.threadwell.search;

import dev.threadwell.opensearch.OpenSearchProcess;
import dev.threadwell.search.index.ChunkIndex;
import dev.threadwell.search.index.OpenSearchIndex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A real OpenSearch, which all tests of this JVM share. */
public final class OpenSearchForTests {

    private static final OpenSearchProcess NODE = started();

    private OpenSearchForTests() {}

    private static OpenSearchProcess started() {
        try {
            Path directory = Files.createTempDirectory(Path.of("target"), "opensearch-");
            return OpenSearchProcess.start(directory.toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a process has that uses the index of this name. */
    public static ChunkIndex process(String name) {
        return new OpenSearchIndex(NODE.address(), Optional.empty(), name, 2);
    }

    /** Loses the index of this name. */
    public static void lose(String name) {
        HttpRequest request =
                HttpRequest.newBuilder(NODE.address().resolve("/" + name + "-v1-index"))
                        .DELETE()
                        .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status != 200) {
                throw new IllegalStateException("not lost: " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Where it is asked. */
    public static URI address() {
        return NODE.address();
    }
}
