package dev.threadwell.runworker.turn;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.assistant.ToolKind;
import dev.threadwell.run.RunError;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.Usage;
import dev.threadwell.runworker.turn.tool.BuiltInTool;
import dev.threadwell.runworker.turn.tool.BuiltInTools;
import dev.threadwell.store.OpenStep;
import dev.threadwell.thread.Message;
import dev.threadwell.topic.EventOrder;
import dev.threadwell.topic.StreamEvent;
import dev.threadwell.wire.Json;
import dev.threadwell.wire.ShownMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds, from the stream, the step and the message that a worker left open when it died in the
 * middle of a turn. What clients have seen stands.
 */
public final class Recovery {

    private final Set<Integer> withOutputs = new HashSet<>();
    private @Nullable RunStep step;
    private @Nullable Message message;
    private @Nullable MessageInProgress writing;
    private ShownMessage shown = new ShownMessage();

    private Recovery() {}

    /** Follows those events of one run that count for its readers. */
    public static Recovery of(List<StreamEvent> events) {
        Recovery open = new Recovery();
        EventOrder order = EventOrder.from(0);
        for (StreamEvent event : events) {
            if (order.admits(event)) {
                open.follow(event);
            }
        }
        return open;
    }

    private void follow(StreamEvent event) {
        switch (event.name()) {
            case "thread.run.step.created" -> {
                forgetMessage();
                withOutputs.clear();
                step = Json.read(event.data(), RunStep.class);
            }
            case "thread.run.step.delta" -> takeOutputs(event);
            case "thread.message.created" -> {
                Message begun = Json.read(event.data(), Message.class);
                message = begun;
                writing = new MessageInProgress(begun);
                shown = new ShownMessage();
            }
            case "thread.message.delta" -> take(event);
            case "thread.message.completed", "thread.message.incomplete" -> forgetMessage();
            case "thread.run.step.completed",
                    "thread.run.step.failed",
                    "thread.run.step.cancelled",
                    "thread.run.step.expired",
                    // The step of a run that waits for its client is saved.
                    "thread.run.requires_action" -> {
                forgetMessage();
                step = null;
            }
            default -> {
                // Everything else opens and ends nothing.
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

    private void take(StreamEvent delta) {
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

    private static Citing.Said said(JsonNode text) {
        JsonNode annotation = text.path("annotations").path(0);
        String type = annotation.path("type").asText();
        return new Citing.Said(
                text.path("value").asText(""),
                annotation.isMissingNode()
                        ? null
                        : new Annotation(type, annotation.path(type).path("file_id").asText()));
    }

    private static JsonNode tree(StreamEvent event) {
        try {
            return Json.mapper().readTree(event.data());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The step that was left open. */
    public @Nullable RunStep step() {
        return step;
    }

    /** The calls of the open step, by their places in it, whose outputs have been shown. */
    public Set<Integer> withOutputs() {
        return Set.copyOf(withOutputs);
    }

    /** The message that was left open, as it began. */
    public @Nullable Message message() {
        return message;
    }

    /** The deltas that the client has not seen of the open message, which was saved whole. */
    public List<byte[]> missing(Message saved) {
        return shown.missing(saved).orElse(List.of());
    }

    /** The open message as it ends: incomplete, with what the client has seen. */
    public @Nullable Message endedMessage(long now) {
        return writing == null ? null : writing.incomplete("run_failed", now);
    }

    /** The open step as it ends: failed. */
    public @Nullable OpenStep endedStep(long now) {
        return step == null
                ? null
                : new OpenStep(step.failed(RunError.server(), now, Usage.NONE), Usage.NONE);
    }
}
