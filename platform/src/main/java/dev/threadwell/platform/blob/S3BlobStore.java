package dev.threadwell.platform.blob;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.reactivestreams.FlowAdapters;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.SdkAdvancedAsyncClientOption;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClientBuilder;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** Stores blobs as objects in a bucket of Amazon S3 or a compatible store. */
public final class S3BlobStore implements BlobStore, AutoCloseable {

    private final Vertx vertx;
    private final S3AsyncClient client;
    private final String bucket;

    /** Creates a store in this bucket. */
    public S3BlobStore(Vertx vertx, BlobConfig.S3 config, String bucket) {
        this.vertx = vertx;
        this.client = client(config);
        this.bucket = bucket;
    }

    private static S3AsyncClient client(BlobConfig.S3 config) {
        S3AsyncClientBuilder builder =
                S3AsyncClient.builder()
                        .region(Region.of(config.region()))
                        .credentialsProvider(credentials(config))
                        // Many compatible stores support neither the newer checksums nor
                        // virtual-host-style bucket names.
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                        .forcePathStyle(config.endpoint().isPresent())
                        .asyncConfiguration(
                                threads ->
                                        threads.advancedOption(
                                                SdkAdvancedAsyncClientOption
                                                        .FUTURE_COMPLETION_EXECUTOR,
                                                Runnable::run));
        config.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    private static AwsCredentialsProvider credentials(BlobConfig.S3 config) {
        if (config.accessKey().isEmpty() || config.secretKey().isEmpty()) {
            return DefaultCredentialsProvider.builder().build();
        }
        return StaticCredentialsProvider.create(
                AwsBasicCredentials.create(config.accessKey().get(), config.secretKey().get()));
    }

    @Override
    public Uni<Long> write(String id, Multi<Buffer> bytes) {
        return Uni.createFrom()
                .deferred(
                        () -> {
                            S3MultipartUpload upload = new S3MultipartUpload(this, id);
                            return bytes.onItem()
                                    .transformToUniAndConcatenate(upload::add)
                                    .onItem()
                                    .ignoreAsUni()
                                    .chain(upload::finish);
                        })
                .onFailure()
                .call(() -> delete(id))
                .onCancellation()
                .call(() -> delete(id));
    }

    @Override
    public Multi<Buffer> read(String id) {
        return here(() ->
                        client.getObject(
                                get -> get.bucket(bucket).key(id),
                                AsyncResponseTransformer.toPublisher()))
                .onItem()
                .transformToMulti(
                        pieces ->
                                Multi.createFrom()
                                        .publisher(FlowAdapters.toFlowPublisher(pieces))
                                        .emitOn(context(), 1)
                                        .map(piece -> Buffer.buffer().setBytes(0, piece)));
    }

    @Override
    public Uni<Void> delete(String id) {
        return here(() -> client.listMultipartUploads(list -> list.bucket(bucket).prefix(id)))
                .onItem()
                .transformToMulti(found -> Multi.createFrom().iterable(found.uploads()))
                .filter(upload -> upload.key().equals(id))
                .onItem()
                .transformToUniAndConcatenate(this::abandoned)
                .collect()
                .last()
                .chain(() -> here(() -> client.deleteObject(it -> it.bucket(bucket).key(id))))
                .replaceWithVoid();
    }

    private Uni<?> abandoned(MultipartUpload upload) {
        return here(
                () ->
                        client.abortMultipartUpload(
                                abort ->
                                        abort.bucket(bucket)
                                                .key(upload.key())
                                                .uploadId(upload.uploadId())));
    }

    S3AsyncClient client() {
        return client;
    }

    String bucket() {
        return bucket;
    }

    /**
     * Runs an S3 operation and continues on the caller's Vert.x context instead of the client's
     * threads.
     */
    <T> Uni<T> here(Supplier<CompletableFuture<T>> action) {
        return Uni.createFrom()
                .deferred(() -> Uni.createFrom().completionStage(action).emitOn(context()));
    }

    private Executor context() {
        Context context = vertx.getOrCreateContext();
        return task -> context.runOnContext(_ -> task.run());
    }

    @Override
    public void close() {
        client.close();
    }
}
