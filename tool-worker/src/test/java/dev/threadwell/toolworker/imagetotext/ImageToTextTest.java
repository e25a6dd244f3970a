package dev.threadwell.toolworker.imagetotext;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.threadwell.assistant.ToolKind;
import dev.threadwell.file.ImageFormat;
import dev.threadwell.persistence.run.RunKey;
import dev.threadwell.persistence.run.RunStore;
import dev.threadwell.persistence.tool.PictureReadings;
import dev.threadwell.run.Run;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.thread.ThreadPicture;
import dev.threadwell.toolworker.CancelledRuns;
import dev.threadwell.toolworker.picture.PictureContent;
import dev.threadwell.toolworker.picture.PicturesInMemory;
import dev.threadwell.toolworker.vision.Vision;
import dev.threadwell.topic.ToolRequested;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which picture is read, how often, and what the model is told. */
class ImageToTextTest {

    private final PicturesInMemory pictures = new PicturesInMemory();
    private final SeeingModel model = new SeeingModel();
    private final CancelledRuns cancelled = new CancelledRuns();
    private final ImageToText tool =
            new ImageToText(new NoRuns(), pictures, new ReadingsInMemory(), model, cancelled);

    /** A model that says what it was shown. */
    private static final class SeeingModel implements Vision {

        private final List<Question> asked = new ArrayList<>();
        private @Nullable String name = "eyes";
        private @Nullable Uni<Answer> answer;

        @Override
        public Optional<String> model(@Nullable String ofRun) {
            return Optional.ofNullable(name);
        }

        @Override
        public Uni<Answer> ask(Question question, Instant until) {
            asked.add(question);
            return answer == null
                    ? Uni.createFrom()
                            .item(
                                    new Answer.Told(
                                            "Shown: " + new String(question.picture(), UTF_8)))
                    : answer;
        }
    }

    private static final class NoRuns extends RunStore {

        NoRuns() {
            super(null, null, null, null, InstantSource.system());
        }

        @Override
        public Uni<@Nullable Run> find(RunKey key) {
            return Uni.createFrom().nullItem();
        }
    }

    private static final class ReadingsInMemory extends PictureReadings {

        private final Map<Reading, String> kept = new HashMap<>();

        ReadingsInMemory() {
            super(null);
        }

        @Override
        public Uni<@Nullable String> find(Reading reading) {
            return Uni.createFrom().item(kept.get(reading));
        }

        @Override
        public Uni<Void> save(Reading reading, String answer) {
            kept.putIfAbsent(reading, answer);
            return Uni.createFrom().voidItem();
        }
    }

    private static ToolRequested call(Map<String, ?> arguments) {
        return call(Json.compact(arguments));
    }

    private static ToolRequested call(String arguments) {
        return new ToolRequested(
                "proj",
                "thread_1",
                "run_1",
                "step_1",
                "call_1",
                ToolKind.IMAGE_TO_TEXT,
                null,
                "image_to_text",
                arguments,
                Instant.now().plusSeconds(600).getEpochSecond());
    }

    private ToolOutput asking(String question) {
        return tool.execute(call(Map.of("question", question)));
    }

    private static String text(ToolOutput output) {
        return switch (output) {
            case ToolOutput.Text(var text) -> text;
            case ToolOutput.Result result -> result.text();
            default -> throw new AssertionError(output);
        };
    }

    private void has(String fileId, String content) {
        pictures.add(
                new ThreadPicture.Stored(fileId),
                new PictureContent.Readable(ImageFormat.PNG, content.getBytes(UTF_8)));
    }

    @Test
    void withoutANameTheNewestPictureIsRead() {
        has("file-1", "first");
        has("file-2", "second");

        assertThat(asking("What is it?"))
                .isEqualTo(
                        new ToolOutput.Result(
                                Json.read(
                                        "{\"picture\":\"file-2\",\"output\":\"Shown: second\"}",
                                        Map.class),
                                "Shown: second",
                                List.of(),
                                List.of()));
        assertThat(model.asked.getFirst().text()).isEqualTo("What is it?");
        assertThat(model.asked.getFirst().model()).isEqualTo("eyes");
    }

    @Test
    void aNamedPictureIsReadHoweverTheNameIsWritten() {
        has("file-1", "first");
        has("file-2", "second");

        for (String name : List.of("file-1", "[picture file-1]", " picture file-1 ")) {
            assertThat(text(tool.execute(call(Map.of("question", "What?", "picture", name)))))
                    .isEqualTo("Shown: first");
        }
    }

    @Test
    void aPictureByUrlIsReadByItsNumber() {
        pictures.add(
                new ThreadPicture.Linked("picture-1", "https://a.test/1.png"),
                new PictureContent.Readable(ImageFormat.PNG, "linked".getBytes(UTF_8)));
        has("file-2", "second");

        assertThat(text(tool.execute(call(Map.of("question", "What?", "picture", "picture-1")))))
                .isEqualTo("Shown: linked");
    }

    @Test
    void aPictureThatDoesNotExistIsAnsweredWithThoseThatDo() {
        has("file-1", "first");

        assertThat(text(tool.execute(call(Map.of("question", "What?", "picture", "file-9")))))
                .isEqualTo(
                        "There is no picture file-9 in this conversation. The newest pictures are:"
                                + " file-1.");
    }

    @Test
    void aThreadWithoutPicturesIsSaidToHaveNone() {
        assertThat(text(asking("What is it?")))
                .isEqualTo("There is no picture in this conversation.");
        assertThat(model.asked).isEmpty();
    }

    @Test
    void theSameQuestionAboutTheSamePictureIsAskedOnce() {
        has("file-1", "first");

        ToolOutput first = asking("What is it?");
        ToolOutput second = asking("What is it?");

        assertThat(second).isEqualTo(first);
        assertThat(model.asked).hasSize(1);
    }

    @Test
    void anotherQuestionIsAsked() {
        has("file-1", "first");

        asking("What is it?");
        asking("Which colour?");

        assertThat(model.asked).hasSize(2);
    }

    @Test
    void whatIsNotAnsweredIsToldAndNotKept() {
        has("file-1", "first");
        model.answer =
                Uni.createFrom().item(new Vision.Answer.Untold("it refused: Not that", true));

        assertThat(text(asking("What is it?")))
                .isEqualTo("The model that reads pictures did not answer: it refused: Not that.");
        model.answer = null;
        assertThat(text(asking("What is it?"))).isEqualTo("Shown: first");
    }

    @Test
    void aPictureThatCannotBeReadIsSaidSo() {
        pictures.add(
                new ThreadPicture.Stored("file-1"),
                new PictureContent.Unreadable("it was deleted"));

        assertThat(text(asking("What is it?")))
                .isEqualTo("The picture file-1 cannot be read: it was deleted.");
    }

    @Test
    void withoutAModelThatReadsPicturesTheModelIsToldSo() {
        has("file-1", "first");
        model.name = null;

        assertThat(text(asking("What is it?")))
                .isEqualTo("No model that reads pictures is configured.");
    }

    @Test
    void argumentsThatAreNoneAreAnsweredWithWhatIsMissing() {
        for (String arguments : List.of("", "{", "[]", "{\"question\":\" \"}")) {
            assertThat(text(tool.execute(call(arguments)))).startsWith("Nothing was asked");
        }
    }

    @Test
    void aCancelledRunIsGivenUp() {
        has("file-1", "first");
        model.answer = Uni.createFrom().nothing();
        cancelled.add("run_1");

        assertThatThrownBy(() -> asking("What is it?")).isInstanceOf(CancelledRuns.Cancelled.class);
    }
}
