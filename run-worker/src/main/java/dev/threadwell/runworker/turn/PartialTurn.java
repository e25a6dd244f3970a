package dev.threadwell.runworker.turn;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.assistant.ToolKind;
import dev.threadwell.persistence.run.StepWithUsage;
import dev.threadwell.run.RunError;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.Usage;
import dev.threadwell.runworker.turn.tool.BuiltInTool;
import dev.threadwell.runworker.turn.tool.BuiltInTools;
import dev.threadwell.thread.Message;
import dev.threadwell.topic.EventSequencer;
import dev.threadwell.topic.StreamEvent;
import dev.threadwell.wire.Json;
import dev.threadwell.wire.PublicJson;
import dev.threadwell.wire.ShownMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The part of a turn that clients have seen when its worker died: an open step, and perhaps an open
 * message with its text so far. Rebuilt event by event from the stream; only the open objects are
 * kept. Text that clients have seen is never taken back.
 */
public final class PartialTurn {

    private final EventSequencer order = EventSequencer.from(0);
    private final Set<Integer> withOutputs = new HashSet<>();
    private @Nullable RunStep step;
    private @Nullable Message message;
    private @Nullable MessageInProgress writing;
    private ShownMessage shown = new ShownMessage();

    /** The open objects after these events of one run, in the order of the topic. */
    public static PartialTurn of(List<StreamEvent> events) {
        PartialTurn open = new PartialTurn();
        events.forEach(open::take);
        return open;
    }

    /**
     * Takes the next event of the run; events that readers of the stream ignore are ignored here
     * too.
     */
    public void take(StreamEvent event) {
        if (order.admits(event)) {
            follow(event);
        }
    }

    private void follow(StreamEvent event) {
        switch (event.known()) {
            case STEP_CREATED -> {
                forgetMessage();
                withOutputs.clear();
                step = Json.read(event.data(), RunStep.class);
            }
            case STEP_DELTA -> takeOutputs(event);
            case MESSAGE_CREATED -> {
                Message begun = Json.read(event.data(), Message.class);
                message = begun;
                writing = new MessageInProgress(begun);
                shown = new ShownMessage();
            }
            case MESSAGE_DELTA -> takeDelta(event);
            case MESSAGE_COMPLETED, MESSAGE_INCOMPLETE -> forgetMessage();
            case STEP_COMPLETED,
                    STEP_FAILED,
                    STEP_CANCELLED,
                    STEP_EXPIRED,
                    // The step of a run that waits for its client has been saved.
                    RUN_REQUIRES_ACTION -> {
                forgetMessage();
                step = null;
            }
            case THREAD_CREATED,
                    RUN_CREATED,
                    RUN_QUEUED,
                    RUN_IN_PROGRESS,
                    RUN_CANCELLING,
                    RUN_CANCELLED,
                    RUN_FAILED,
                    RUN_COMPLETED,
                    RUN_INCOMPLETE,
                    RUN_EXPIRED,
                    STEP_IN_PROGRESS,
                    MESSAGE_IN_PROGRESS,
                    ERROR,
                    DONE -> {
                // These events open nothing, and nothing is open any more when a run ends.
            }
            case null -> {
                // A fence, or an event of a later version.
            }
        }
    }

    private void forgetMessage() {
        message = null;
        writing = null;
    }

    private void takeOutputs(StreamEvent delta) {
        for (JsonNode call : tree(delta).at("/delta/step_details/tool_calls")) {
            BuiltInTool tool = BuiltInTools.ALL.of(new ToolKind(call.path("type").asText()));
            if (tool != null && tool.showsOutput(call)) {
                withOutputs.add(call.path("index").asInt());
            }
        }
    }

    private void takeDelta(StreamEvent delta) {
        MessageInProgress message = writing;
        if (message != null) {
            shown.take(delta.data());
            for (JsonNode part : tree(delta).path("delta").path("content")) {
                var _ =
                        switch (part.path("type").asText()) {
                            case "refusal" -> message.refusal(part.path("refusal").asText(""));
                            case "image_file" ->
                                    message.image(part.at("/image_file/file_id").asText());
                            default -> message.text(said(part.path("text")));
                        };
            }
        }
    }

    private static CitationParser.Said said(JsonNode text) {
        JsonNode annotation = text.path("annotations").path(0);
        return new CitationParser.Said(
                text.path("value").asText(""),
                annotation.isMissingNode() ? null : annotation(annotation));
    }

    @SuppressWarnings("unchecked")
    private static Annotation annotation(JsonNode shown) {
        String type = shown.path("type").asText();
        JsonNode source = shown.path(type);
        return Annotation.shown(type, source.isObject() ? Json.read(source, Map.class) : Map.of());
    }

    private static JsonNode tree(StreamEvent event) {
        try {
            return Json.mapper().readTree(event.data());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The open step, if there is one. */
    public @Nullable RunStep step() {
        return step;
    }

    /** The indexes of those calls of the open step whose outputs have been published. */
    public Set<Integer> withOutputs() {
        return Set.copyOf(withOutputs);
    }

    /** The open message as it began, if there is one. */
    public @Nullable Message message() {
        return message;
    }

    /** The deltas that clients have not seen of the open message, compared with the saved one. */
    public List<PublicJson> missing(Message saved) {
        return shown.missing(saved).orElse(List.of());
    }

    /** The open message, ended as incomplete with the text that clients have seen. */
    public @Nullable Message endedMessage(long now) {
        return writing == null ? null : writing.incomplete("run_failed", now);
    }

    /** The open step, ended as failed. */
    public @Nullable StepWithUsage endedStep(long now) {
        return step == null
                ? null
                : new StepWithUsage(step.failed(RunError.server(), now, Usage.NONE), Usage.NONE);
    }
}
