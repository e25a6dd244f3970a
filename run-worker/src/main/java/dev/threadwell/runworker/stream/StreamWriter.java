package dev.threadwell.runworker.stream;

import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.platform.kafka.EventQueue;
import dev.threadwell.platform.kafka.StreamProducer;
import dev.threadwell.run.RunStep;
import dev.threadwell.runworker.turn.OutputDeltas;
import dev.threadwell.runworker.turn.TurnOutput;
import dev.threadwell.thread.Message;
import dev.threadwell.topic.StreamEvent;
import dev.threadwell.topic.StreamEventName;
import dev.threadwell.wire.PublicJson;
import dev.threadwell.wire.StreamView;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Writes the events of one run to the partition that its client's API node reads, and nothing if no
 * client streams the run. The worker that executes the run numbers its events, so that readers
 * detect a missing one; the few events that are written while no worker executes the run are not
 * numbered.
 */
public final class StreamWriter {

    private final StreamProducer producer;
    private final String runId;
    private final int epoch;
    private final int partition;
    private final boolean numbers;
    private EventQueue queue;
    private int written;

    private StreamWriter(StreamProducer producer, RunRow row, boolean numbers) {
        Integer stream = row.stream();
        this.producer = producer;
        this.runId = row.run().id();
        this.epoch = row.epoch();
        this.partition = stream == null ? -1 : stream;
        this.numbers = numbers;
        this.queue = new EventQueue(producer, partition);
    }

    /**
     * The writer for a run that no worker executes: unnumbered events, under the epoch of its row.
     */
    static StreamWriter of(StreamProducer producer, RunRow row) {
        return new StreamWriter(producer, row, false);
    }

    /** The writer of the worker that executes the run: numbered events. There is one per epoch. */
    static StreamWriter ofHolder(StreamProducer producer, RunRow row) {
        return new StreamWriter(producer, row, true);
    }

    /** Whether a client streams the run. */
    public boolean isStreamed() {
        return partition >= 0;
    }

    /** The partition of the stream; negative if no client streams the run. */
    public int partition() {
        return partition;
    }

    /** Writes the current state of the run. */
    public void emitRun(RunRow row) {
        emit(StreamEventName.of(row.run().status()), () -> StreamView.of(row.run()));
    }

    /** Writes the end of a step. */
    public void emitStep(RunRow row, RunStep step) {
        emit(StreamEventName.of(step.status()), () -> row.shown(step));
    }

    /** Writes the end of a message. */
    public void emitMessage(Message message) {
        emit(StreamEventName.of(message.status()), () -> message);
    }

    private void emit(StreamEventName name, Supplier<Object> shown) {
        if (isStreamed()) {
            emit(name, PublicJson.of(shown.get()));
        }
    }

    /** Writes the output of a call of this step, before the step ends. */
    public void emitOutputs(RunStep step, String callId) {
        emitDeltas(OutputDeltas.of(step, callId));
    }

    /** Writes events of a turn, in order. */
    public void emitAll(List<TurnOutput.Emit> events) {
        events.forEach(event -> emit(event.name(), event.data()));
    }

    /** Writes deltas of a step, in order. */
    public void emitDeltas(List<byte[]> deltas) {
        deltas.forEach(delta -> emit(StreamEventName.STEP_DELTA, PublicJson.written(delta)));
    }

    /**
     * Appends an event to the stream, if a client streams the run; the queue keeps it until the
     * broker has acknowledged it.
     */
    public void emit(StreamEventName name, PublicJson data) {
        if (isStreamed()) {
            var _ = write(name.wire(), data.bytes());
        }
    }

    /**
     * Writes a fence that marks the end of this worker's events, before others may write for the
     * run.
     */
    public void handOver() {
        if (isStreamed()) {
            var _ = write(StreamEvent.FENCE, new byte[0]);
        }
    }

    /**
     * Writes the fence after which events of earlier epochs are ignored; it is the first event of
     * this writer. May be retried.
     */
    public CompletableFuture<RecordMetadata> fence() {
        if (queue.isBroken()) {
            queue = new EventQueue(producer, partition);
            written = 0;
        }
        return write(StreamEvent.FENCE, new byte[0]);
    }

    private CompletableFuture<RecordMetadata> write(String name, byte[] data) {
        int index = numbers ? written++ : StreamEvent.UNNUMBERED;
        return queue.add(new StreamEvent(runId, epoch, index, name, data));
    }
}
