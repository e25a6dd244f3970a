package dev.threadwell.runworker.execution;

import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepStatus;
import dev.threadwell.runworker.stream.StreamHistory;
import dev.threadwell.runworker.stream.StreamWriter;
import dev.threadwell.runworker.turn.OutputDeltas;
import dev.threadwell.runworker.turn.PartialTurn;
import dev.threadwell.thread.Message;
import dev.threadwell.topic.StreamEventName;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import org.jspecify.annotations.Nullable;

/** Reads back, after a failover, what the previous worker of a run wrote to the run's stream. */
final class StreamRecovery {

    private final ExecutionStore store;
    private final StreamHistory history;
    private final StreamWriter stream;

    StreamRecovery(ExecutionStore store, StreamHistory history, StreamWriter stream) {
        this.store = store;
        this.history = history;
        this.stream = stream;
    }

    /** What the client has seen begin and has not seen end. */
    sealed interface Left {

        /** Nothing: no message or step is open on the stream. */
        record Nothing() implements Left {}

        /** A step that was never saved. */
        record Unsaved(PartialTurn seen) implements Left {}

        /**
         * A step that was saved at its end, perhaps with a message; only its end was not published.
         */
        record Saved(@Nullable Message message, RunStep step, PartialTurn seen) implements Left {

            void show(RunRow row, StreamWriter stream) {
                if (message != null) {
                    seen.missing(message)
                            .forEach(delta -> stream.emit(StreamEventName.MESSAGE_DELTA, delta));
                    stream.emitMessage(message);
                }
                stream.emitDeltas(OutputDeltas.without(step, seen.withOutputs()));
                stream.emitStep(row, step);
            }
        }
    }

    /**
     * Writes a fence to the stream, so that later events of the previous worker are ignored, and
     * reads the stream back up to the fence.
     */
    Uni<Left> left(RunRow row) {
        if (!stream.isStreamed()) {
            return Uni.createFrom().item(new Left.Nothing());
        }
        return Uni.createFrom()
                .completionStage(stream::fence)
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(fence -> readBack(row, fence.offset()))
                .chain(seen -> compared(row, seen));
    }

    private PartialTurn readBack(RunRow row, long fence) {
        return history.read(stream.partition(), row.run().id(), row.run().createdAt(), fence);
    }

    private Uni<Left> compared(RunRow row, PartialTurn seen) {
        RunStep open = seen.step();
        if (open == null) {
            return Uni.createFrom().item(new Left.Nothing());
        }
        return store.findStep(row, open.id())
                .chain(
                        saved ->
                                saved == null || saved.status() == StepStatus.IN_PROGRESS
                                        ? Uni.createFrom().item(new Left.Unsaved(seen))
                                        : message(row, seen.message())
                                                .map(m -> new Left.Saved(m, saved, seen)));
    }

    private Uni<@Nullable Message> message(RunRow row, @Nullable Message begun) {
        if (begun == null) {
            return Uni.createFrom().nullItem();
        }
        return store.findMessage(row, begun.id());
    }
}
