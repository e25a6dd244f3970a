package dev.threadwell.runworker.turn;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.run.RunError;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.Usage;
import dev.threadwell.store.OpenStep;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.MessageContent;
import dev.threadwell.topic.StreamEvent;
import dev.threadwell.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker that died in the middle of a turn had shown to its client and not saved, read back
 * from the stream: an open step, and perhaps a message with the text so far. What was seen stands.
 *
 * @param message in progress still, its text in {@code text}
 */
public record Recovery(@Nullable RunStep step, @Nullable Message message, String text) {

    /** Nothing was left open. */
    static final Recovery NOTHING = new Recovery(null, null, "");

    /** Follows the events of one run; those of an older epoch behind a newer one do not count. */
    public static Recovery of(List<StreamEvent> events) {
        Recovery open = NOTHING;
        int epoch = 0;
        for (StreamEvent event : events) {
            if (event.epoch() >= epoch) {
                epoch = event.epoch();
                open = open.after(event);
            }
        }
        return open;
    }

    private Recovery after(StreamEvent event) {
        return switch (event.name()) {
            case "thread.run.step.created" ->
                    new Recovery(Json.read(event.data(), RunStep.class), null, "");
            case "thread.message.created" ->
                    new Recovery(step, Json.read(event.data(), Message.class), "");
            case "thread.message.delta" -> new Recovery(step, message, text + textOf(event));
            case "thread.message.completed", "thread.message.incomplete" ->
                    new Recovery(step, null, "");
            case "thread.run.step.completed",
                    "thread.run.step.failed",
                    "thread.run.step.cancelled",
                    "thread.run.step.expired",
                    // The step of a run that waits for its client is saved.
                    "thread.run.requires_action" ->
                    NOTHING;
            default -> this;
        };
    }

    private static String textOf(StreamEvent delta) {
        try {
            JsonNode part =
                    Json.mapper().readTree(delta.data()).path("delta").path("content").path(0);
            return part.path("text").path("value").asText("") + part.path("refusal").asText("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The open message as it ends: incomplete, with what the client has seen. */
    public @Nullable Message endedMessage(long now) {
        return message == null
                ? null
                : message.incomplete(List.of(MessageContent.Text.of(text)), "run_failed", now);
    }

    /** The open step as it ends: failed. */
    public @Nullable OpenStep endedStep(long now) {
        return step == null
                ? null
                : new OpenStep(step.failed(RunError.server(), now, Usage.NONE), Usage.NONE);
    }
}
