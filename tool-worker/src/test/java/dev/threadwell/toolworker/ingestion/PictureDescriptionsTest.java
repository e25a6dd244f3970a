package dev.threadwell.toolworker.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.toolworker.vision.Vision;
import dev.threadwell.vectorstore.VectorStoreFile.Failure;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A picture is indexed by what a model says of it, or fails with the reason. */
class PictureDescriptionsTest {

    private static final byte[] GIF = {'G', 'I', 'F', '8', '9', 'a'};

    private record Seeing(@Nullable String name, Answer answer) implements Vision {

        @Override
        public Optional<String> model(@Nullable String ofRun) {
            return Optional.ofNullable(name);
        }

        @Override
        public Uni<Answer> ask(Question question, Instant until) {
            return Uni.createFrom().item(answer);
        }
    }

    private static Extraction described(@Nullable String model, Vision.Answer answer, byte[] file) {
        return new PictureDescriptions(new Seeing(model, answer), InstantSource.system())
                .described(file)
                .await()
                .atMost(Duration.ofMinutes(1));
    }

    private static Extraction failure(String code, String message) {
        return new Extraction.Unreadable(new Failure(code, message));
    }

    @Test
    void theTextOfAPictureIsItsDescription() {
        assertThat(described("eyes", new Vision.Answer.Told("A boat"), GIF))
                .isEqualTo(new Extraction.Text("A boat"));
    }

    @Test
    void withoutAModelItIsUnsupported() {
        assertThat(described(null, new Vision.Answer.Told("A boat"), GIF))
                .isEqualTo(failure("unsupported_file", PictureDescriptions.NO_READER));
    }

    @Test
    void whatIsNoPictureIsInvalid() {
        assertThat(described("eyes", new Vision.Answer.Told("A boat"), new byte[] {1}))
                .isEqualTo(failure("invalid_file", "The file is no PNG, JPEG, GIF or WebP."));
    }

    @Test
    void aRefusalIsTheFilesFaultAndAnOutageIsNot() {
        assertThat(described("eyes", new Vision.Answer.Untold("it refused", true), GIF))
                .isEqualTo(
                        failure(
                                "invalid_file",
                                "The model that reads pictures did not answer: it refused."));
        assertThat(described("eyes", new Vision.Answer.Untold("it cannot be reached", false), GIF))
                .isEqualTo(
                        failure(
                                "server_error",
                                "The model that reads pictures did not answer: it cannot be"
                                        + " reached."));
    }
}
