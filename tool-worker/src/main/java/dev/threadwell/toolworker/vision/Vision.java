package dev.threadwell.toolworker.vision;

import dev.threadwell.file.ImageFormat;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Port to a model that sees. */
public interface Vision {

    /**
     * A question about a picture.
     *
     * @param model the name of the model that is asked
     */
    record Question(String model, String text, ImageFormat format, byte[] picture) {}

    /** What came of a question. */
    sealed interface Answer {

        /** The model's answer. */
        record Told(String text) implements Answer {}

        /**
         * The model does not answer, or its provider does not.
         *
         * @param why a clause with the model as its subject, e.g. {@code it cannot be reached}
         * @param lasting whether asking again does not help
         */
        record Untold(String why, boolean lasting) implements Answer {}
    }

    /**
     * The model that reads pictures; empty if none can be asked.
     *
     * @param ofRun the model of the run that wants to know; null outside of runs
     */
    Optional<String> model(@Nullable String ofRun);

    /**
     * Asks a model. Cancelling the Uni aborts the request.
     *
     * @param until the latest time for another attempt
     */
    Uni<Answer> ask(Question question, Instant until);
}
