package dev.threadwell.runworker.hold;

import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepStatus;
import dev.threadwell.runworker.turn.OutputDeltas;
import dev.threadwell.runworker.turn.Recovery;
import dev.threadwell.store.RunRow;
import dev.threadwell.thread.Message;
import dev.threadwell.topic.StreamEventName;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import org.jspecify.annotations.Nullable;

/** Finds out what a run's former worker left behind on its stream. */
final class Takeover {

    private final HoldServices services;
    private final StreamWriter stream;

    Takeover(HoldServices services, StreamWriter stream) {
        this.services = services;
        this.stream = stream;
    }

    /** What the client has seen begin and not end. */
    sealed interface Left {

        /** Nothing. */
        record Nothing() implements Left {}

        /** A step that is in no table. */
        record Unsaved(Recovery seen) implements Left {}

        /** A step, perhaps with a message, that was saved; its end was not shown any more. */
        record Saved(@Nullable Message message, RunStep step, Recovery seen) implements Left {

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

    /** Fences the stream, so that nothing more comes of the former worker, and reads it back. */
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

    private Recovery readBack(RunRow row, long fence) {
        return services.replay.read(
                stream.partition(), row.run().id(), row.run().createdAt(), fence);
    }

    private Uni<Left> compared(RunRow row, Recovery seen) {
        RunStep open = seen.step();
        if (open == null) {
            return Uni.createFrom().item(new Left.Nothing());
        }
        return services.steps
                .find(row.key(), open.id())
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
        return services.messages.find(row.projectId(), row.run().threadId(), begun.id());
    }
}
