package dev.threadwell.toolworker.imagegeneration;

import dev.threadwell.file.ImageFormat;
import dev.threadwell.platform.egress.Egress;
import dev.threadwell.platform.egress.EgressAnswer;
import dev.threadwell.platform.egress.EgressException;
import dev.threadwell.platform.egress.EgressRequest;
import dev.threadwell.toolworker.CancelledRuns;
import dev.threadwell.topic.ToolRequested;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Base64;

/** Reads the pictures of a provider's answer, and checks what they are and how large. */
@ApplicationScoped
class MadePictures {

    private static final Duration TO_DOWNLOAD = Duration.ofSeconds(60);
    private static final int MORE_DOWNLOADS = 2;

    private final Egress egress;
    private final CancelledRuns cancelled;
    private final ImageConfig config;

    @Inject
    MadePictures(Egress egress, CancelledRuns cancelled, ImageConfig config) {
        this.egress = egress;
        this.cancelled = cancelled;
        this.config = config;
    }

    /** A picture that may become a file. */
    record Picture(ImageFormat format, ImageDimensions size, byte[] bytes) {}

    Picture read(ToolRequested call, ImageAnswer.Item item) throws NoPicture {
        return checked(
                switch (item) {
                    case ImageAnswer.Item.Encoded(String base64) -> decoded(base64);
                    case ImageAnswer.Item.Linked(String url) when url.startsWith("data:") ->
                            decoded(url.substring(url.indexOf(',') + 1));
                    case ImageAnswer.Item.Linked(String url) -> downloaded(call, url);
                });
    }

    private Picture checked(byte[] bytes) throws NoPicture {
        ImageFormat format =
                ImageFormat.of(bytes)
                        .orElseThrow(
                                () -> failed("the provider's picture is none that can be shown"));
        ImageDimensions size =
                ImageDimensions.of(format, bytes)
                        .orElseThrow(() -> failed("the provider's picture is broken"));
        if (size.pixels() > config.pixels()) {
            throw failed(
                    "the provider's picture has more than %d pixels".formatted(config.pixels()));
        }
        return new Picture(format, size, bytes);
    }

    private byte[] decoded(String base64) throws NoPicture {
        // Four characters are three bytes.
        if (base64.length() / 4L * 3 > config.pictureBytes() + 3L) {
            throw tooLarge();
        }
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw failed("the provider's picture is not encoded with base64");
        }
    }

    /** Security: the URL is the provider's, whose answers may depend on what users say. */
    private byte[] downloaded(ToolRequested call, String url) throws NoPicture {
        EgressRequest request;
        try {
            request = EgressRequest.get(new URI(url), TO_DOWNLOAD, config.pictureBytes());
        } catch (URISyntaxException e) {
            throw failed("the provider's picture has no URL");
        }
        EgressAnswer answer;
        try {
            answer =
                    cancelled
                            .unless(
                                    call.runId(),
                                    egress.send(request)
                                            .onFailure(MadePictures::mayPass)
                                            .retry()
                                            .atMost(MORE_DOWNLOADS))
                            .await()
                            .indefinitely();
        } catch (EgressException e) {
            throw e.reason() == EgressException.Reason.TOO_LARGE
                    ? tooLarge()
                    : failed("the provider's picture cannot be downloaded: " + e.why());
        }
        if (!answer.succeeded()) {
            throw failed(
                    "the provider's picture cannot be downloaded: it answered with status "
                            + answer.status());
        }
        return answer.body();
    }

    private static boolean mayPass(Throwable failure) {
        return failure instanceof EgressException egress
                && (egress.reason() == EgressException.Reason.UNREACHABLE
                        || egress.reason() == EgressException.Reason.BROKEN);
    }

    private NoPicture tooLarge() {
        return failed(
                "the provider's picture is larger than %d bytes".formatted(config.pictureBytes()));
    }

    private static NoPicture failed(String why) {
        return new NoPicture(NoPicture.Code.PROVIDER_FAILED, why);
    }
}
