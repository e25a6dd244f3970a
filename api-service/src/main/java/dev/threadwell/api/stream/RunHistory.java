package dev.threadwell.api.stream;

import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.persistence.run.StepWithUsage;
import dev.threadwell.platform.kafka.StreamRecord;
import dev.threadwell.run.Decision;
import dev.threadwell.run.RequiredAction;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunEvent;
import dev.threadwell.run.RunLifecycle;
import dev.threadwell.run.RunProgress;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepDetails;
import dev.threadwell.run.StepStatus;
import dev.threadwell.thread.ThreadObject;
import dev.threadwell.topic.StreamEventName;
import dev.threadwell.wire.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All events of a run since its creation, as its streams have shown them: those that workers wrote
 * to {@code run.stream}, and those that API nodes wrote to their clients themselves when the run
 * was created and when tool outputs were submitted.
 */
final class RunHistory {

    private final RunRow row;
    private final List<StepWithUsage> steps;
    private final EventFilter transcript;
    private final List<Entry> entries = new ArrayList<>();

    /**
     * An event of the history.
     *
     * @param record the record that it was read from; null if an API node wrote the event
     */
    private record Entry(SseEvent frame, @Nullable StreamRecord record) {}

    private RunHistory(RunRow row, List<StepWithUsage> steps, EventFilter transcript) {
        this.row = row;
        this.steps = steps;
        this.transcript = transcript;
    }

    /**
     * The history of this run.
     *
     * @param thread the thread if it was created together with the run, or else null
     * @param steps the stored steps
     * @param records all replayed records, in the order of the topic
     * @param transcript the filter that drops late and repeated records
     */
    static RunHistory of(
            RunRow row,
            @Nullable ThreadObject thread,
            List<StepWithUsage> steps,
            List<StreamRecord> records,
            EventFilter transcript) {
        RunHistory history = new RunHistory(row, steps, transcript);
        history.begin(thread, records);
        records.forEach(history::take);
        history.submit();
        return history;
    }

    private void begin(@Nullable ThreadObject thread, List<StreamRecord> records) {
        if (thread != null) {
            entries.add(new Entry(SseEvent.created(thread), null));
        }
        Run run = asItBegan(records);
        Run queued = run.with(RunProgress.queued(expiry()));
        entries.add(new Entry(SseEvent.created(queued), null));
        entries.add(new Entry(SseEvent.of(queued), null));
    }

    /** The run with its first metadata, which may have been changed since. */
    private Run asItBegan(List<StreamRecord> records) {
        return records.stream()
                .map(StreamRecord::event)
                .filter(event -> event.known() == StreamEventName.RUN_IN_PROGRESS)
                .findFirst()
                .map(event -> row.run().withMetadata(Json.read(event.data(), Run.class).metadata()))
                .orElse(row.run());
    }

    private long expiry() {
        return row.run().createdAt() + Run.LIFETIME_SECONDS;
    }

    private void take(StreamRecord found) {
        if (transcript.hasHole()) {
            return;
        }
        SseEvent frame = transcript.admitted(found);
        if (frame != null) {
            submit();
            entries.add(new Entry(frame, found));
        }
    }

    /** Adds the events that an API node showed when the client had submitted its tool outputs. */
    private void submit() {
        SseEvent last = entries.getLast().frame();
        if (!last.is(StreamEventName.RUN_REQUIRES_ACTION)) {
            return;
        }
        Run waiting = Json.read(last.data().bytes(), Run.class);
        RequiredAction action = waiting.requiredAction();
        List<String> calls = action == null ? List.of() : action.callIds();
        Decision decision =
                RunLifecycle.decide(waiting, new RunEvent.OutputsSubmitted(calls), Instant.EPOCH);
        RunStep step = calling(calls);
        if (step != null && decision instanceof Decision.Move move) {
            entries.add(new Entry(SseEvent.of(row, step.withExpiry(expiry())), null));
            entries.add(new Entry(SseEvent.of(move.run()), null));
        }
    }

    /**
     * The step with these calls if it is complete, that is, if all of its outputs were submitted.
     */
    private @Nullable RunStep calling(List<String> calls) {
        return steps.stream()
                .map(StepWithUsage::step)
                .filter(step -> step.status() == StepStatus.COMPLETED)
                .filter(
                        step ->
                                step.stepDetails() instanceof StepDetails.ToolCalls(var all, _)
                                        && all.stream().anyMatch(c -> calls.contains(c.id())))
                .findFirst()
                .orElse(null);
    }

    /** All events. */
    List<SseEvent> frames() {
        return entries.stream().map(Entry::frame).toList();
    }

    /** The events of {@code run.stream} that a client with this filter has not been shown. */
    List<SseEvent> unseen(EventFilter client) {
        return entries.stream()
                .filter(entry -> entry.record() != null && !client.covers(entry.record()))
                .map(Entry::frame)
                .toList();
    }
}
