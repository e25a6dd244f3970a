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
 * Writes the events of one run to the partition that its client's API node reads, and none if
 * nobody streams the run. The worker that holds the run numbers its events, so that readers notice
 * when one is missing; the few events that are written between two holders are not numbered.
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

    /** The writer of events of a run that no worker holds, under the epoch of its row. */
    static StreamWriter of(StreamProducer producer, RunRow row) {
        return new StreamWriter(producer, row, false);
    }

    /** The writer of a holder's events: there is one in an epoch. */
    static StreamWriter ofHolder(StreamProducer producer, RunRow row) {
        return new StreamWriter(producer, row, true);
    }

    /** Whether anybody streams the run. */
    public boolean isStreamed() {
        return partition >= 0;
    }

    /** The partition of the stream; negative if nobody streams the run. */
    public int partition() {
        return partition;
    }

    /** The run as it is now. */
    public void emitRun(RunRow row) {
        emit(StreamEventName.of(row.run().status()), () -> StreamView.of(row.run()));
    }

    /** A step at its end. */
    public void emitStep(RunRow row, RunStep step) {
        emit(StreamEventName.of(step.status()), () -> row.shown(step));
    }

    /** A message at its end. */
    public void emitMessage(Message message) {
        emit(StreamEventName.of(message.status()), () -> message);
    }

    private void emit(StreamEventName name, Supplier<Object> shown) {
        if (isStreamed()) {
            emit(name, PublicJson.of(shown.get()));
        }
    }

    /** What came of a call of this step, before the step ends. */
    public void emitOutputs(RunStep step, String callId) {
        emitDeltas(OutputDeltas.of(step, callId));
    }

    /** Events of a turn, in their order. */
    public void emitAll(List<TurnOutput.Emit> events) {
        events.forEach(event -> emit(event.name(), event.data()));
    }

    /** Deltas of a step, in their order. */
    public void emitDeltas(List<byte[]> deltas) {
        deltas.forEach(delta -> emit(StreamEventName.STEP_DELTA, PublicJson.written(delta)));
    }

    /**
     * Writes an event behind the others, if anybody streams the run; the queue keeps it until the
     * broker has it.
     */
    public void emit(StreamEventName name, PublicJson data) {
        if (isStreamed()) {
            var _ = write(name.wire(), data.bytes());
        }
    }

    /** Says that the holder has written everything, before others may write for the run. */
    public void handOver() {
        if (isStreamed()) {
            var _ = write(StreamEvent.FENCE, new byte[0]);
        }
    }

    /**
     * Writes the fence behind which nothing of an earlier epoch counts: the first of all events. It
     * may be tried again.
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
