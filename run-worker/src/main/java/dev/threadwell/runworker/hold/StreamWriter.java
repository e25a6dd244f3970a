package dev.threadwell.runworker.hold;

import dev.threadwell.outbox.StreamProducer;
import dev.threadwell.store.RunRow;
import dev.threadwell.topic.StreamEvent;
import dev.threadwell.wire.Json;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes the events of one run to the partition that its client's API node reads; of a run that
 * nobody streams it writes none.
 */
final class StreamWriter {

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

    static StreamWriter of(StreamProducer producer, RunRow row) {
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

    void emit(String name, Object data) {
        if (isStreamed()) {
            emit(name, Json.bytes(data));
        }
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
