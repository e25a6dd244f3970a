package dev.threadwell.platform.blob;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

@Tag("slow")
class S3BlobStoreTest extends BlobStoreRules {

    private static final String BUCKET = "threadwell-files";
    private static final String KEY = "key";
    private static final String SECRET = "secret";

    @TempDir static Path directory;
    private static S3Proxy server;
    private static S3BlobStore store;
    private static S3AsyncClient client;

    @BeforeAll
    static void open() throws Exception {
        server =
                S3Proxy.builder()
                        .blobStore(new FilesystemNio2BlobStore(directory.toString()))
                        .endpoint(URI.create("http://127.0.0.1:0"))
                        .awsAuthentication(AuthenticationType.AWS_V4, KEY, SECRET)
                        .build();
        server.start();
        URI endpoint = URI.create("http://127.0.0.1:" + server.getPort());
        store = new S3BlobStore(vertx, new Config(endpoint), BUCKET);
        client = store.client();
        client.createBucket(it -> it.bucket(BUCKET)).join();
    }

    @AfterEach
    void empty() {
        for (var unfinished : unfinished()) {
            client.abortMultipartUpload(
                            it ->
                                    it.bucket(BUCKET)
                                            .key(unfinished.key())
                                            .uploadId(unfinished.uploadId()))
                    .join();
        }
        for (var object : client.listObjectsV2(it -> it.bucket(BUCKET)).join().contents()) {
            client.deleteObject(it -> it.bucket(BUCKET).key(object.key())).join();
        }
    }

    @AfterAll
    static void close() throws Exception {
        store.close();
        server.stop();
    }

    @Override
    BlobStore store() {
        return store;
    }

    @Override
    int kept() {
        return client.listObjectsV2(it -> it.bucket(BUCKET)).join().contents().size()
                + unfinished().size();
    }

    private static List<MultipartUpload> unfinished() {
        return client.listMultipartUploads(it -> it.bucket(BUCKET)).join().uploads();
    }

    @Test
    void anUploadThatAKilledProcessLeftGoesWithItsId() {
        client.createMultipartUpload(it -> it.bucket(BUCKET).key("ab-1")).join();
        client.createMultipartUpload(it -> it.bucket(BUCKET).key("ab-12")).join();

        store.delete("ab-1").await().atMost(Duration.ofSeconds(60));

        assertThat(unfinished()).extracting(MultipartUpload::key).containsExactly("ab-12");
    }

    private record Config(URI uri) implements BlobConfig.S3 {
        @Override
        public Optional<String> bucket() {
            return Optional.of(BUCKET);
        }

        @Override
        public Optional<URI> endpoint() {
            return Optional.of(uri);
        }

        @Override
        public String region() {
            return "us-east-1";
        }

        @Override
        public Optional<String> accessKey() {
            return Optional.of(KEY);
        }

        @Override
        public Optional<String> secretKey() {
            return Optional.of(SECRET);
        }
    }
}
