package dev.threadwell.runworker.hold;

import dev.threadwell.outbox.StreamProducer;
import dev.threadwell.run.RunStep;
import dev.threadwell.runworker.turn.OutputDeltas;
import dev.threadwell.store.RunRow;
import dev.threadwell.topic.StreamEvent;
import dev.threadwell.wire.Json;
import dev.threadwell.wire.StreamView;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes the events of one run to the partition that its client's API node reads; of a run that
 * nobody streams it writes none.
 */
public final class StreamWriter {

    private static final Logger LOG = Logger.getLogger(StreamWriter.class);

    private final StreamProducer producer;
    private final String runId;
    private final int epoch;
    private final int partition;
    private volatile boolean broken;

    private StreamWriter(StreamProducer producer, String runId, int epoch, int partition) {
        this.producer = producer;
        this.runId = runId;
        this.epoch = epoch;
        this.partition = partition;
    }

    /** The writer of this run's events, under the epoch of its row. */
    public static StreamWriter of(StreamProducer producer, RunRow row) {
        Integer stream = row.stream();
        return new StreamWriter(
                producer, row.run().id(), row.epoch(), stream == null ? -1 : stream);
    }

    boolean isStreamed() {
        return partition >= 0;
    }

    int partition() {
        return partition;
    }

    /** Writes an event, if anybody streams the run. */
    public void emit(String name, Object data) {
        if (isStreamed()) {
            emit(name, Json.bytes(data));
        }
    }

    /** The run as it is now. */
    public void emitRun(RunRow row) {
        emit("thread.run." + row.run().status().wire(), StreamView.of(row.run()));
    }

    /** A step at its end. */
    public void emitStep(RunRow row, RunStep step) {
        String end = step.status().name().toLowerCase(Locale.ROOT);
        emit("thread.run.step." + end, row.shown(step));
    }

    /** What came of a call of this step, before the step ends. */
    public void emitOutputs(RunStep step, String callId) {
        emitDeltas(OutputDeltas.of(step, callId));
    }

    void emitDeltas(List<byte[]> deltas) {
        deltas.forEach(delta -> emit("thread.run.step.delta", delta));
    }

    /** A stream with a hole is worse than one that ends: after a lost event it stays silent. */
    void emit(String name, byte[] data) {
        if (isStreamed() && !broken) {
            var _ = write(name, data).whenComplete((at, failure) -> noticed(failure));
        }
    }

    private void noticed(@Nullable Throwable failure) {
        if (failure != null && !broken) {
            broken = true;
            LOG.warnf("stream breaks off runId=%s reason=%s", runId, failure.getMessage());
        }
    }

    /** Writes the fence behind which nothing of an earlier epoch counts. */
    CompletableFuture<RecordMetadata> fence() {
        return write(StreamEvent.FENCE, new byte[0]);
    }

    private CompletableFuture<RecordMetadata> write(String name, byte[] data) {
        return producer.send(partition, new StreamEvent(runId, epoch, name, data));
    }
}
