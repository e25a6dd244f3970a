package dev.threadwell.platform.blob;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Writes one object to a bucket: a small one in a single request, a larger one as a multipart
 * upload with parts of S3's minimum size. At most one part is held in memory. Not thread-safe.
 */
final class S3MultipartUpload {

    /** S3 allows 10,000 parts, so an object can have up to 50 GB. */
    private static final int PART = 5 * 1024 * 1024;

    private final S3BlobStore store;
    private final String key;
    private final List<CompletedPart> parts = new ArrayList<>();
    private Buffer gathered = Buffer.buffer();
    private long length;
    private @Nullable String uploadId;

    S3MultipartUpload(S3BlobStore store, String key) {
        this.store = store;
        this.key = key;
    }

    Uni<Void> add(Buffer piece) {
        gathered.appendBuffer(piece);
        length += piece.length();
        return gathered.length() < PART ? Uni.createFrom().voidItem() : sendPart();
    }

    /** Completes the object and returns its size. */
    Uni<Long> finish() {
        return uploadId == null ? putWhole() : complete(uploadId);
    }

    private Uni<Long> putWhole() {
        var put = PutObjectRequest.builder().bucket(store.bucket()).key(key).build();
        return store.here(() -> store.client().putObject(put, gathered())).map(_ -> length);
    }

    private Uni<Long> complete(String id) {
        Uni<Void> last = gathered.length() == 0 ? Uni.createFrom().voidItem() : sendPart(id);
        return last.chain(() -> store.here(() -> store.client().completeMultipartUpload(all(id))))
                .map(_ -> length);
    }

    private CompleteMultipartUploadRequest all(String id) {
        return CompleteMultipartUploadRequest.builder()
                .bucket(store.bucket())
                .key(key)
                .uploadId(id)
                .multipartUpload(upload -> upload.parts(parts))
                .build();
    }

    private Uni<Void> sendPart() {
        return started().chain(id -> sendPart(id));
    }

    private Uni<String> started() {
        if (uploadId != null) {
            return Uni.createFrom().item(uploadId);
        }
        var create = CreateMultipartUploadRequest.builder().bucket(store.bucket()).key(key).build();
        return store.here(() -> store.client().createMultipartUpload(create))
                .map(CreateMultipartUploadResponse::uploadId)
                .invoke(id -> uploadId = id);
    }

    private Uni<Void> sendPart(String id) {
        var part =
                UploadPartRequest.builder()
                        .bucket(store.bucket())
                        .key(key)
                        .uploadId(id)
                        .partNumber(parts.size() + 1)
                        .build();
        return store.here(() -> store.client().uploadPart(part, gathered()))
                .invoke(sent -> parts.add(completed(part, sent)))
                .invoke(() -> gathered = Buffer.buffer())
                .replaceWithVoid();
    }

    private static CompletedPart completed(UploadPartRequest part, UploadPartResponse sent) {
        return CompletedPart.builder().partNumber(part.partNumber()).eTag(sent.eTag()).build();
    }

    private AsyncRequestBody gathered() {
        return AsyncRequestBody.fromByteBufferUnsafe(ByteBuffer.wrap(gathered.getBytes()));
    }
}
