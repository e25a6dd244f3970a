package dev.threadwell.api.stream;

import dev.threadwell.persistence.run.RunKey;
import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.persistence.run.RunStore;
import dev.threadwell.persistence.run.StepStore;
import dev.threadwell.persistence.run.StepWithUsage;
import dev.threadwell.persistence.thread.MessageStore;
import dev.threadwell.platform.kafka.StreamRecord;
import dev.threadwell.run.Run;
import dev.threadwell.run.StepDetails;
import dev.threadwell.thread.Message;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rest of a stream when a run has ended or requires action and its last events did not
 * arrive: first the events that are still in {@code run.stream}, then events for what is stored and
 * was never shown. It fails if the rest is uncertain; the stream has to break off then.
 */
@ApplicationScoped
class StreamRepair {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RunStore runs;
    private final StepStore steps;
    private final MessageStore messages;
    private final Replay replay;

    @Inject
    StreamRepair(RunStore runs, StepStore steps, MessageStore messages, Replay replay) {
        this.runs = runs;
        this.steps = steps;
        this.messages = messages;
        this.replay = replay;
    }

    /**
     * The events that the client has not seen, up to the end.
     *
     * @param announced the run as its end, or its required action, was announced
     * @param client the filter of the client's stream, which knows what the client has seen
     */
    Uni<List<SseEvent>> rest(RunKey key, Run announced, EventFilter client) {
        return runs.row(key)
                .chain(row -> rest(key, row, announced, client))
                .ifNoItem()
                .after(PATIENCE)
                .fail();
    }

    private Uni<List<SseEvent>> rest(
            RunKey key, @Nullable RunRow row, Run announced, EventFilter client) {
        if (row == null) {
            // The thread was deleted, and with it everything that could be missing.
            return Uni.createFrom().item(List.of(SseEvent.of(announced)));
        }
        if (!row.run().status().endsStream()) {
            return Uni.createFrom().failure(new IllegalStateException("the run went on"));
        }
        return read(row)
                .chain(found -> steps.all(key.runId()).chain(all -> rest(row, found, all, client)));
    }

    private Uni<List<StreamRecord>> read(RunRow row) {
        Integer partition = row.stream();
        if (partition == null) {
            return Uni.createFrom().item(List.of());
        }
        return replay.since(row.run().id(), row.run().createdAt(), partition, Long.MAX_VALUE)
                .map(
                        found -> {
                            if (!found.complete()) {
                                throw new IllegalStateException("the events are gone");
                            }
                            return found.records();
                        });
    }

    private Uni<List<SseEvent>> rest(
            RunRow row, List<StreamRecord> records, List<StepWithUsage> all, EventFilter client) {
        RunHistory history = RunHistory.of(row, null, all, records, EventFilter.ofWhole(0, -1, -1));
        return written(row, all)
                .map(
                        byId -> {
                            List<SseEvent> rest = new ArrayList<>(history.unseen(client));
                            rest.addAll(
                                    MissingEvents.of(row, all, byId, history.frames())
                                            .orElseThrow(
                                                    () ->
                                                            new IllegalStateException(
                                                                    "what was shown is not what is"
                                                                            + " stored")));
                            return rest;
                        });
    }

    private Uni<Map<String, Message>> written(RunRow row, List<StepWithUsage> all) {
        Map<String, Message> byId = new HashMap<>();
        Uni<Void> read = Uni.createFrom().voidItem();
        for (StepWithUsage step : all) {
            if (step.step().stepDetails() instanceof StepDetails.MessageCreation(var created)) {
                read = read.chain(() -> find(row, created.messageId(), byId));
            }
        }
        return read.replaceWith(byId);
    }

    private Uni<Void> find(RunRow row, String id, Map<String, Message> byId) {
        return messages.find(row.projectId(), row.run().threadId(), id)
                .invoke(
                        found -> {
                            if (found != null) {
                                byId.put(id, found);
                            }
                        })
                .replaceWithVoid();
    }
}
