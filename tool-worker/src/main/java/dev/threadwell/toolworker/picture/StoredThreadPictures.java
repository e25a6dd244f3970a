package dev.threadwell.toolworker.picture;

import dev.threadwell.persistence.file.BlobLedger;
import dev.threadwell.persistence.file.FileStore;
import dev.threadwell.persistence.file.StoredFile;
import dev.threadwell.persistence.thread.PictureStore;
import dev.threadwell.platform.egress.Egress;
import dev.threadwell.platform.egress.EgressAnswer;
import dev.threadwell.platform.egress.EgressException;
import dev.threadwell.platform.egress.EgressRequest;
import dev.threadwell.platform.outbox.TransientFailures;
import dev.threadwell.thread.ThreadPicture;
import dev.threadwell.toolworker.CancelledRuns;
import dev.threadwell.topic.ToolRequested;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a thread's pictures from the database, the blob store, and the URLs of users. */
@ApplicationScoped
class StoredThreadPictures implements ThreadPictures {

    private static final Duration TO_ANSWER = Duration.ofSeconds(30);
    private static final Duration TO_MOVE = Duration.ofMinutes(2);

    private final PictureStore pictures;
    private final FileStore files;
    private final BlobLedger blobs;
    private final Egress egress;
    private final CancelledRuns cancelled;
    private final PictureConfig config;

    @Inject
    StoredThreadPictures(
            PictureStore pictures,
            FileStore files,
            BlobLedger blobs,
            Egress egress,
            CancelledRuns cancelled,
            PictureConfig config) {
        this.pictures = pictures;
        this.files = files;
        this.blobs = blobs;
        this.egress = egress;
        this.cancelled = cancelled;
        this.config = config;
    }

    @Override
    public List<ThreadPicture> of(ToolRequested call) {
        return await(pictures.of(call.projectId(), call.threadId()));
    }

    @Override
    public PictureContent read(ToolRequested call, ThreadPicture picture) {
        return switch (picture) {
            case ThreadPicture.Stored(String fileId) -> stored(call, fileId);
            case ThreadPicture.Linked(_, String url) ->
                    url.startsWith("data:") ? inlined(url) : downloaded(call, url);
        };
    }

    private PictureContent stored(ToolRequested call, String fileId) {
        StoredFile stored = await(files.stored(call.projectId(), fileId));
        if (stored == null) {
            return new PictureContent.Unreadable("it was deleted");
        }
        if (stored.file().bytes() > config.bytes()) {
            return tooLarge();
        }
        Uni<byte[]> bytes =
                Uni.createFrom()
                        .deferred(
                                () ->
                                        blobs.read(stored.blobs())
                                                .collect()
                                                .in(Buffer::buffer, Buffer::appendBuffer))
                        .map(Buffer::getBytes);
        return PictureContent.of(await(bytes));
    }

    /** The picture in a {@code data:} URL. */
    private PictureContent inlined(String url) {
        int comma = url.indexOf(',');
        if (comma < 0 || !url.substring(0, comma).endsWith(";base64")) {
            return new PictureContent.Unreadable("it is not encoded with base64");
        }
        // Four characters of base64 are three bytes.
        if ((url.length() - comma) / 4L * 3 > config.bytes()) {
            return tooLarge();
        }
        try {
            return PictureContent.of(Base64.getMimeDecoder().decode(url.substring(comma + 1)));
        } catch (IllegalArgumentException e) {
            return new PictureContent.Unreadable("it is not encoded with base64");
        }
    }

    private PictureContent downloaded(ToolRequested call, String url) {
        URI address;
        try {
            address = new URI(url);
        } catch (URISyntaxException e) {
            return new PictureContent.Unreadable("it is no URL");
        }
        EgressRequest request =
                EgressRequest.get(address, config.downloadTimeout(), config.bytes());
        return cancelled
                .unless(call.runId(), egress.send(request))
                .map(StoredThreadPictures::content)
                .onFailure(EgressException.class)
                .recoverWithItem(
                        failure -> new PictureContent.Unreadable(((EgressException) failure).why()))
                .await()
                .indefinitely();
    }

    private static PictureContent content(EgressAnswer answer) {
        return answer.succeeded()
                ? PictureContent.of(answer.body())
                : new PictureContent.Unreadable("it answered with status " + answer.status());
    }

    private PictureContent tooLarge() {
        return new PictureContent.Unreadable(
                "it is larger than %d bytes".formatted(config.bytes()));
    }

    private static <T extends @Nullable Object> T await(Uni<T> work) {
        return TransientFailures.retried(work, TO_ANSWER).await().atMost(TO_MOVE);
    }
}
