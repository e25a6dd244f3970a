package dev.threadwell.toolworker.imagetotext;

import dev.threadwell.assistant.ToolKind;
import dev.threadwell.persistence.run.RunKey;
import dev.threadwell.persistence.run.RunStore;
import dev.threadwell.persistence.tool.PictureReadings;
import dev.threadwell.persistence.tool.PictureReadings.Reading;
import dev.threadwell.platform.outbox.TransientFailures;
import dev.threadwell.run.Run;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.thread.ThreadPicture;
import dev.threadwell.toolworker.CancelledRuns;
import dev.threadwell.toolworker.ToolExecutor;
import dev.threadwell.toolworker.picture.PictureContent;
import dev.threadwell.toolworker.picture.ThreadPictures;
import dev.threadwell.toolworker.vision.Vision;
import dev.threadwell.topic.ToolRequested;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Asks a model that sees about a picture of the thread. An answer is kept: the same question about
 * the same picture is asked once in a thread.
 */
@ApplicationScoped
public class ImageToText implements ToolExecutor {

    private static final Logger LOG = Logger.getLogger(ImageToText.class);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final RunStore runs;
    private final ThreadPictures pictures;
    private final PictureReadings readings;
    private final Vision vision;
    private final CancelledRuns cancelled;

    @Inject
    ImageToText(
            RunStore runs,
            ThreadPictures pictures,
            PictureReadings readings,
            Vision vision,
            CancelledRuns cancelled) {
        this.runs = runs;
        this.pictures = pictures;
        this.readings = readings;
        this.vision = vision;
        this.cancelled = cancelled;
    }

    @Override
    public ToolKind kind() {
        return ToolKind.IMAGE_TO_TEXT;
    }

    @Override
    public ToolOutput execute(ToolRequested call) {
        PictureQuestion question = PictureQuestion.of(call.arguments());
        if (question.text().isEmpty()) {
            return new ToolOutput.Text("Nothing was asked: give a question about the picture.");
        }
        List<ThreadPicture> all = pictures.of(call);
        ThreadPicture picture = question.among(all);
        if (picture == null) {
            return new ToolOutput.Text(question.missing(all));
        }
        String model = vision.model(modelOf(call)).orElse(null);
        if (model == null) {
            return new ToolOutput.Text("No model that reads pictures is configured.");
        }
        Reading reading =
                new Reading(
                        call.projectId(), call.threadId(), source(picture), model, question.text());
        String known = got(readings.find(reading));
        return known == null ? asked(call, picture, reading) : result(picture, known);
    }

    private @Nullable String modelOf(ToolRequested call) {
        Run run = got(runs.find(new RunKey(call.projectId(), call.threadId(), call.runId())));
        return run == null ? null : run.model();
    }

    private static String source(ThreadPicture picture) {
        return switch (picture) {
            case ThreadPicture.Stored(String fileId) -> fileId;
            case ThreadPicture.Linked(_, String url) -> url;
        };
    }

    private ToolOutput asked(ToolRequested call, ThreadPicture picture, Reading reading) {
        return switch (pictures.read(call, picture)) {
            case PictureContent.Unreadable(String why) ->
                    new ToolOutput.Text(
                            "The picture %s cannot be read: %s.".formatted(picture.name(), why));
            case PictureContent.Readable(var format, byte[] bytes) -> {
                var question =
                        new Vision.Question(reading.model(), reading.question(), format, bytes);
                yield output(call, picture, reading, answer(call, question));
            }
        };
    }

    private Vision.Answer answer(ToolRequested call, Vision.Question question) {
        Instant until =
                Instant.ofEpochSecond(Math.min(call.expiresAt(), Instant.MAX.getEpochSecond()));
        return cancelled.unless(call.runId(), vision.ask(question, until)).await().indefinitely();
    }

    private ToolOutput output(
            ToolRequested call, ThreadPicture picture, Reading reading, Vision.Answer answer) {
        return switch (answer) {
            case Vision.Answer.Told(String text) -> {
                got(readings.save(reading, text).replaceWith(true));
                yield result(picture, text);
            }
            case Vision.Answer.Untold(String why, _) -> {
                LOG.infof("a picture was not read runId=%s callId=%s", call.runId(), call.callId());
                yield new ToolOutput.Text(
                        "The model that reads pictures did not answer: %s.".formatted(why));
            }
        };
    }

    private static ToolOutput result(ThreadPicture picture, String text) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("picture", picture.name());
        details.put("output", text);
        return new ToolOutput.Result(details, text, List.of(), List.of());
    }

    private static <T extends @Nullable Object> T got(Uni<T> answer) {
        return TransientFailures.retried(answer, PATIENCE).await().atMost(PATIENCE.plusSeconds(5));
    }
}
