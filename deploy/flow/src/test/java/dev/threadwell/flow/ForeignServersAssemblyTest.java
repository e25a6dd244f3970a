package dev.threadwell.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.embedded.Directories;
import dev.threadwell.opensearch.OpenSearchProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** {@code ./threadwell up} with files in an S3 bucket and searches in an OpenSearch. */
class ForeignServersAssemblyTest extends AssemblyRules {

    private static final String BUCKET = "threadwell-files";
    private static final Path DIRECTORY = Repository.MODULE.resolve("target/foreign-servers");

    private S3Proxy s3;
    private OpenSearchProcess opensearch;

    @Override
    Assembly start() {
        try {
            Directories.delete(DIRECTORY);
            Files.createDirectories(DIRECTORY.resolve("s3").resolve(BUCKET));
            s3 =
                    S3Proxy.builder()
                            .blobStore(
                                    new FilesystemNio2BlobStore(DIRECTORY.resolve("s3").toString()))
                            .endpoint(URI.create("http://127.0.0.1:0"))
                            .awsAuthentication(AuthenticationType.AWS_V4, "key", "secret")
                            .build();
            s3.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        opensearch = OpenSearchProcess.start(directory("opensearch"));
        return Assembly.inOneJvm(
                "one-jvm-foreign-servers",
                Map.of(
                        "THREADWELL_BLOBS_S3_BUCKET",
                        BUCKET,
                        "THREADWELL_BLOBS_S3_ENDPOINT",
                        "http://127.0.0.1:" + s3.getPort(),
                        "THREADWELL_BLOBS_S3_REGION",
                        "us-east-1",
                        "THREADWELL_BLOBS_S3_ACCESS_KEY",
                        "key",
                        "THREADWELL_BLOBS_S3_SECRET_KEY",
                        "secret",
                        "THREADWELL_FILE_SEARCH_OPENSEARCH_URL",
                        opensearch.address().toString()));
    }

    private static Path directory(String name) {
        try {
            return Files.createDirectories(DIRECTORY.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    void stop() throws Exception {
        s3.stop();
        opensearch.close();
    }

    @Test
    void filesAreInTheBucketAndTheIndexInOpenSearch() throws Exception {
        ClientStore store =
                client().store("tides.txt", "Low water is at noon.").becomes("completed");

        assertThat(store.finds("water")).isNotEmpty();
        assertThat(files(DIRECTORY.resolve("s3").resolve(BUCKET))).isPositive();
        HttpRequest count =
                HttpRequest.newBuilder(opensearch.address().resolve("/threadwell-chunks*/_count"))
                        .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(
                            Json.read(http.send(count, BodyHandlers.ofString()).body())
                                    .path("count")
                                    .asInt())
                    .isPositive();
        }
    }
}
