package dev.threadwell.runworker;

import dev.threadwell.persistence.run.ClaimedRuns;
import dev.threadwell.persistence.run.ClaimedRuns.Claimed;
import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.platform.outbox.OutboxProducer;
import dev.threadwell.platform.outbox.RecordHandler;
import dev.threadwell.platform.outbox.TraceHeader;
import dev.threadwell.platform.outbox.TransientFailures;
import dev.threadwell.platform.tracing.Tracing;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunLifecycle;
import dev.threadwell.run.RunStatus;
import dev.threadwell.runworker.execution.ReceivedRun;
import dev.threadwell.runworker.execution.RunExecutions;
import dev.threadwell.runworker.execution.SpeculativeSampling;
import dev.threadwell.runworker.execution.StartReason;
import dev.threadwell.runworker.execution.WorkerId;
import dev.threadwell.runworker.prompt.MemoryBudget;
import dev.threadwell.topic.Topics;
import dev.threadwell.wire.JsonMemoryEstimate;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Claims queued runs, as many as there are free places, in one transaction; then the executions
 * start and the records are acknowledged. Claims are idempotent: a redelivered record claims
 * nothing.
 */
@ApplicationScoped
public class OnRunRequested {

    /**
     * A request with an estimated size up to this many bytes is parsed without a reservation of
     * memory.
     */
    private static final long SMALL = 64 * 1024;

    /**
     * A run whose request is estimated to take more than this fraction of the heap (one sixteenth)
     * is not executed.
     */
    private static final long PARTS_OF_HEAP = 16;

    private final ClaimedRuns runs;
    private final RunExecutions executions;
    private final WorkerId worker;
    private final Tracing tracing;
    private final RecordHandler<ReceivedRun> handler;
    private final MemoryBudget documents = MemoryBudget.of(OptionalLong.empty());

    @Inject
    public OnRunRequested(
            ClaimedRuns runs,
            RunExecutions executions,
            WorkerId worker,
            Tracing tracing,
            OutboxProducer producer) {
        this.runs = runs;
        this.executions = executions;
        this.worker = worker;
        this.tracing = tracing;
        long most = Runtime.getRuntime().maxMemory() / PARTS_OF_HEAP;
        this.handler =
                new RecordHandler<>(producer, Topics.RUN_REQUESTED, entry -> received(entry, most));
    }

    private static ReceivedRun received(ConsumerRecord<String, byte[]> entry, long most) {
        return ReceivedRun.read(
                entry.value(),
                Instant.ofEpochMilli(entry.timestamp()),
                most,
                TraceHeader.of(entry));
    }

    /**
     * Claims the small runs of a batch together, and then the large ones one by one as memory
     * permits, so that a batch of large runs is never in memory as a whole.
     */
    @Incoming("run-requested")
    public Uni<Void> on(ConsumerRecords<String, byte[]> batch) {
        List<ConsumerRecord<String, byte[]>> small = new ArrayList<>();
        List<ConsumerRecord<String, byte[]>> large = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> entry : batch) {
            (weight(entry) <= SMALL ? small : large).add(entry);
        }
        Uni<Void> all = handler.handleAll(small, received -> take(received, () -> {}));
        for (ConsumerRecord<String, byte[]> entry : large) {
            all = all.chain(() -> takeLarge(entry));
        }
        return all;
    }

    private static long weight(ConsumerRecord<String, byte[]> entry) {
        return entry.value() == null ? 0 : JsonMemoryEstimate.of(entry.value());
    }

    private Uni<Void> takeLarge(ConsumerRecord<String, byte[]> entry) {
        MemoryBudget.Share share = documents.share();
        AtomicBoolean readable = new AtomicBoolean();
        return share.reserve(weight(entry))
                .chain(
                        () ->
                                handler.handle(
                                        entry,
                                        one -> {
                                            readable.set(true);
                                            return take(List.of(one), share::close);
                                        }))
                .invoke(
                        () -> {
                            if (!readable.get()) {
                                share.close();
                            }
                        });
    }

    /**
     * Claims these runs in order, as many at a time as there are free places.
     *
     * @param whenOver is called when a run is released, or if it was not claimed
     */
    private Uni<Void> take(List<ReceivedRun> received, Runnable whenOver) {
        return received.isEmpty()
                ? Uni.createFrom().voidItem()
                : executions
                        .reserve(received.size())
                        .chain(places -> take(received, places, whenOver));
    }

    private Uni<Void> take(List<ReceivedRun> received, int places, Runnable whenOver) {
        List<ReceivedRun> rest = received.subList(places, received.size());
        List<ReceivedRun> now = received.subList(0, places);
        return executions
                .claiming(
                        now.stream().map(one -> one.request().run().id()).toList(),
                        () -> claim(now, whenOver))
                .chain(() -> take(rest, whenOver));
    }

    private Uni<Void> claim(List<ReceivedRun> received, Runnable whenOver) {
        Map<String, SpeculativeSampling> speculative = new HashMap<>();
        Map<String, String> causes = new HashMap<>();
        Set<String> tooLarge = new HashSet<>();
        ClaimSpans spans = ClaimSpans.begin(tracing, received, worker.id());
        for (ReceivedRun one : received) {
            Run run = one.request().run();
            if (one.cause() != null) {
                causes.put(run.id(), one.cause());
            }
            if (one.tooLarge()) {
                tooLarge.add(run.id());
            } else if (run.status() == RunStatus.QUEUED) {
                speculative.computeIfAbsent(
                        run.id(),
                        id ->
                                executions.speculate(
                                        RunRow.of(one.request()), one.requested(), one.cause()));
            }
        }
        return TransientFailures.retried(
                        runs.claim(
                                received.stream().map(ReceivedRun::request).toList(), worker.id()))
                .onTermination()
                .invoke(spans::end)
                .onFailure()
                .invoke(
                        () -> {
                            executions.release(received.size());
                            whenOver.run();
                        })
                .invoke(claimed -> executions.release(received.size() - claimed.size()))
                .invoke(
                        claimed ->
                                claimed.forEach(
                                        one -> start(one, speculative, causes, tooLarge, whenOver)))
                .invoke(
                        claimed -> {
                            if (claimed.isEmpty()) {
                                whenOver.run();
                            }
                        })
                .onTermination()
                .invoke(() -> speculative.values().forEach(SpeculativeSampling::abandon))
                .replaceWithVoid();
    }

    /**
     * Starts the execution, and removes its speculative sampling from the map, whose remaining ones
     * are abandoned.
     */
    private void start(
            Claimed claimed,
            Map<String, SpeculativeSampling> speculative,
            Map<String, String> causes,
            Set<String> tooLarge,
            Runnable over) {
        boolean fresh = claimed.was() == RunStatus.QUEUED;
        String id = claimed.row().run().id();
        SpeculativeSampling sampling = fresh ? speculative.remove(id) : null;
        StartReason reason;
        if (tooLarge.contains(id)) {
            reason = StartReason.Condemned.tooLarge(fresh);
        } else if (sampling != null) {
            reason = new StartReason.Fresh(sampling);
        } else if (claimed.deaths() >= RunLifecycle.MOST_DEATHS) {
            reason = StartReason.Condemned.brokenWorkers();
        } else {
            reason = new StartReason.TakenOver();
        }
        executions.start(claimed.row(), reason, causes.get(id), over);
    }
}
