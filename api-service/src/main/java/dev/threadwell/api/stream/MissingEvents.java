package dev.threadwell.api.stream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.persistence.run.StepWithUsage;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunProgress;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepDetails;
import dev.threadwell.run.StepStatus;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.MessageStatus;
import dev.threadwell.topic.StreamEventName;
import dev.threadwell.wire.Json;
import dev.threadwell.wire.PublicJson;
import dev.threadwell.wire.ShownMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Creates the events that a stream still has to show when its last ones were lost: everything that
 * is stored and was not shown, in as few events as possible and in the API's order.
 */
final class MissingEvents {

    private final RunRow row;
    private final Map<String, Message> messages;
    private final Set<String> begun = new HashSet<>();
    private final Set<String> ended = new HashSet<>();
    private final Map<String, ShownMessage> open = new HashMap<>();
    private final List<SseEvent> missing = new ArrayList<>();
    private boolean complete = true;

    private MissingEvents(RunRow row, Map<String, Message> messages) {
        this.row = row;
        this.messages = messages;
    }

    /**
     * The missing events; empty if the shown events do not match the stored objects.
     *
     * @param row the run, which has ended or requires action
     * @param steps all of its steps, in their order
     * @param messages the messages that its steps wrote, by their ids
     * @param shown the events shown so far
     */
    static Optional<List<SseEvent>> of(
            RunRow row,
            List<StepWithUsage> steps,
            Map<String, Message> messages,
            List<SseEvent> shown) {
        if (!shown.isEmpty() && shown.getLast().last()) {
            return Optional.of(List.of());
        }
        MissingEvents events = new MissingEvents(row, messages);
        shown.forEach(events::follow);
        steps.forEach(step -> events.complete(step.step()));
        events.missing.add(SseEvent.of(row.run()));
        return events.complete ? Optional.of(events.missing) : Optional.empty();
    }

    private void follow(SseEvent frame) {
        StreamEventName event = StreamEventName.find(frame.name());
        if (event == StreamEventName.STEP_CREATED) {
            begun.add(id(frame));
        } else if (event == StreamEventName.MESSAGE_CREATED) {
            begun.add(id(frame));
            open.put(id(frame), new ShownMessage());
        } else if (event == StreamEventName.MESSAGE_DELTA) {
            ShownMessage message = open.get(id(frame));
            if (message != null) {
                message.take(frame.data().bytes());
            }
        } else if (event != null && (event.endsMessage() || event.endsStep())) {
            ended.add(id(frame));
            open.remove(id(frame));
        }
    }

    private static String id(SseEvent frame) {
        return Json.read(frame.data().bytes(), JsonNode.class).path("id").asText();
    }

    private void complete(RunStep step) {
        if (ended.contains(step.id())) {
            return;
        }
        RunStep first = asItBegan(step);
        if (!begun.contains(step.id())) {
            missing.add(SseEvent.step(row, first, StreamEventName.STEP_CREATED));
            missing.add(SseEvent.step(row, first, StreamEventName.STEP_IN_PROGRESS));
        }
        if (step.stepDetails() instanceof StepDetails.MessageCreation(var created)) {
            complete(messages.get(created.messageId()));
        } else if (!begun.contains(step.id())) {
            missing.add(SseEvent.of(StreamEventName.STEP_DELTA, calls(step)));
        }
        if (step.status() != StepStatus.IN_PROGRESS) {
            missing.add(SseEvent.of(row, step.withExpiry(expiry())));
        }
    }

    private RunStep asItBegan(RunStep step) {
        Run run = row.run().with(RunProgress.queued(expiry()));
        StepDetails details =
                step.stepDetails() instanceof StepDetails.ToolCalls
                        ? new StepDetails.ToolCalls(List.of())
                        : step.stepDetails();
        return RunStep.begun(step.id(), run, details, step.createdAt());
    }

    private long expiry() {
        return row.run().createdAt() + Run.LIFETIME_SECONDS;
    }

    /**
     * Completes a message. A deleted message is null and is left out, because its content is no
     * longer known.
     */
    private void complete(@Nullable Message message) {
        if (message == null
                || ended.contains(message.id())
                || message.status() == MessageStatus.IN_PROGRESS) {
            return;
        }
        if (!begun.contains(message.id())) {
            Message first =
                    Message.begun(
                            message.id(),
                            message.createdAt(),
                            row.run().assistantId(),
                            row.run().threadId(),
                            row.run().id());
            missing.add(SseEvent.message(first, StreamEventName.MESSAGE_CREATED));
            missing.add(SseEvent.message(first, StreamEventName.MESSAGE_IN_PROGRESS));
        }
        ShownMessage shown = open.getOrDefault(message.id(), new ShownMessage());
        Optional<List<PublicJson>> deltas = shown.missing(message);
        complete &= deltas.isPresent();
        deltas.orElse(List.of())
                .forEach(delta -> missing.add(SseEvent.of(StreamEventName.MESSAGE_DELTA, delta)));
        missing.add(SseEvent.of(message));
    }

    /** All calls of a step in one delta, as clients see them. */
    private PublicJson calls(RunStep step) {
        JsonNode details =
                PublicJson.tree(row.shown(step), PublicJson.Bindings.HIDDEN).path("step_details");
        var delta = Json.mapper().createObjectNode();
        delta.put("id", step.id()).put("object", RunStep.DELTA_OBJECT);
        var shown = delta.putObject("delta").putObject("step_details").put("type", "tool_calls");
        var all = shown.putArray("tool_calls");
        for (JsonNode call : details.path("tool_calls")) {
            var indexed = all.addObject().put("index", all.size() - 1);
            call.properties().forEach(field -> indexed.set(field.getKey(), field.getValue()));
        }
        return PublicJson.of(delta);
    }
}
