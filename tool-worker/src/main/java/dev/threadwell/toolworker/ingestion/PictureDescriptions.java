package dev.threadwell.toolworker.ingestion;

import dev.threadwell.file.ImageFormat;
import dev.threadwell.toolworker.vision.Vision;
import dev.threadwell.vectorstore.VectorStoreFile.Failure;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;

/** Has pictures described by a model that sees, so that they are found by their descriptions. */
@ApplicationScoped
class PictureDescriptions {

    /** Why a picture is not read in an installation without a model for it. */
    static final String NO_READER =
            "The file is a picture, and no model that reads pictures is configured.";

    private static final String QUESTION =
            "Describe this picture in detail, so that a search for anything in it finds it: what it"
                    + " shows, and all text in it, word for word. Answer with the description"
                    + " only.";

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Vision vision;
    private final InstantSource clock;

    @Inject
    PictureDescriptions(Vision vision, InstantSource clock) {
        this.vision = vision;
        this.clock = clock;
    }

    /** The description of the picture with these bytes, or the reason why it has none. */
    Uni<Extraction> described(byte[] bytes) {
        String model = vision.model(null).orElse(null);
        if (model == null) {
            return failed("unsupported_file", NO_READER);
        }
        ImageFormat format = ImageFormat.of(bytes).orElse(null);
        if (format == null) {
            return failed("invalid_file", "The file is no PNG, JPEG, GIF or WebP.");
        }
        var question = new Vision.Question(model, QUESTION, format, bytes);
        return vision.ask(question, clock.instant().plus(PATIENCE))
                .map(PictureDescriptions::extraction);
    }

    private static Extraction extraction(Vision.Answer answer) {
        return switch (answer) {
            case Vision.Answer.Told(String text) -> Extraction.text(text);
            case Vision.Answer.Untold(String why, boolean lasting) ->
                    new Extraction.Unreadable(
                            new Failure(
                                    lasting ? "invalid_file" : "server_error",
                                    "The model that reads pictures did not answer: %s."
                                            .formatted(why)));
        };
    }

    private static Uni<Extraction> failed(String code, String message) {
        return Uni.createFrom().item(new Extraction.Unreadable(new Failure(code, message)));
    }
}
