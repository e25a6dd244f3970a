package dev.threadwell.runworker;

import dev.threadwell.outbox.FactProducer;
import dev.threadwell.outbox.FactReader;
import dev.threadwell.outbox.Outages;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunLifecycle;
import dev.threadwell.run.RunStatus;
import dev.threadwell.runworker.hold.Beginning;
import dev.threadwell.runworker.hold.EarlyCall;
import dev.threadwell.runworker.hold.Holds;
import dev.threadwell.runworker.hold.MemoryBudget;
import dev.threadwell.runworker.hold.ReceivedRun;
import dev.threadwell.runworker.hold.Worker;
import dev.threadwell.store.HeldRuns;
import dev.threadwell.store.HeldRuns.Claimed;
import dev.threadwell.store.RunRow;
import dev.threadwell.topic.Topics;
import dev.threadwell.wire.JsonWeight;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
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
 * Runs wait for a worker: as many as there is room for are claimed in one transaction, then the
 * records are acknowledged, then the work begins. A second delivery claims nothing.
 */
@ApplicationScoped
public class OnRunRequested {

    /** A request that weighs no more is read without a reservation of memory. */
    private static final long SMALL = 64 * 1024;

    /** A run whose request weighs more than this part of the heap is not worked on. */
    private static final long PARTS_OF_HEAP = 16;

    private final HeldRuns runs;
    private final Holds holds;
    private final Worker worker;
    private final FactReader<ReceivedRun> facts;
    private final MemoryBudget documents = MemoryBudget.of(OptionalLong.empty());

    @Inject
    public OnRunRequested(HeldRuns runs, Holds holds, Worker worker, FactProducer producer) {
        this.runs = runs;
        this.holds = holds;
        this.worker = worker;
        long most = Runtime.getRuntime().maxMemory() / PARTS_OF_HEAP;
        this.facts =
                new FactReader<>(
                        producer, Topics.RUN_REQUESTED, json -> ReceivedRun.read(json, most));
    }

    /**
     * Takes the small ones of a batch together, and then each large one when there is memory for
     * it, so that no batch of large runs is read as a whole.
     */
    @Incoming("run-requested")
    public Uni<Void> on(ConsumerRecords<String, byte[]> batch) {
        List<ConsumerRecord<String, byte[]>> small = new ArrayList<>();
        List<ConsumerRecord<String, byte[]>> large = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> entry : batch) {
            (weight(entry) <= SMALL ? small : large).add(entry);
        }
        Uni<Void> all = facts.handleAll(small, received -> take(received, () -> {}));
        for (ConsumerRecord<String, byte[]> entry : large) {
            all = all.chain(() -> takeLarge(entry));
        }
        return all;
    }

    private static long weight(ConsumerRecord<String, byte[]> entry) {
        return entry.value() == null ? 0 : JsonWeight.of(entry.value());
    }

    private Uni<Void> takeLarge(ConsumerRecord<String, byte[]> entry) {
        MemoryBudget.Share share = documents.share();
        AtomicBoolean readable = new AtomicBoolean();
        return share.reserve(weight(entry))
                .chain(
                        () ->
                                facts.handle(
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
     * Takes as many as there is room for, one after the other.
     *
     * @param whenOver is done when a run is not held here any more, or has never been
     */
    private Uni<Void> take(List<ReceivedRun> received, Runnable whenOver) {
        return received.isEmpty()
                ? Uni.createFrom().voidItem()
                : holds.reserve(received.size()).chain(places -> take(received, places, whenOver));
    }

    private Uni<Void> take(List<ReceivedRun> received, int places, Runnable whenOver) {
        List<ReceivedRun> rest = received.subList(places, received.size());
        return claim(received.subList(0, places), whenOver).chain(() -> take(rest, whenOver));
    }

    private Uni<Void> claim(List<ReceivedRun> received, Runnable whenOver) {
        Map<String, EarlyCall> early = new HashMap<>();
        Set<String> tooLarge = new HashSet<>();
        for (ReceivedRun one : received) {
            Run run = one.request().run();
            if (one.tooLarge()) {
                tooLarge.add(run.id());
            } else if (run.status() == RunStatus.QUEUED) {
                early.computeIfAbsent(run.id(), id -> holds.early(RunRow.of(one.request())));
            }
        }
        return Outages.outlasted(
                        runs.claim(
                                received.stream().map(ReceivedRun::request).toList(), worker.id()))
                .onFailure()
                .invoke(
                        () -> {
                            holds.giveBack(received.size());
                            whenOver.run();
                        })
                .invoke(claimed -> holds.giveBack(received.size() - claimed.size()))
                .invoke(claimed -> claimed.forEach(one -> begin(one, early, tooLarge, whenOver)))
                .invoke(
                        claimed -> {
                            if (claimed.isEmpty()) {
                                whenOver.run();
                            }
                        })
                .onTermination()
                .invoke(() -> early.values().forEach(EarlyCall::abandon))
                .replaceWithVoid();
    }

    /** Takes the run's early call, if it has one, out of those that are abandoned. */
    private void begin(
            Claimed claimed, Map<String, EarlyCall> early, Set<String> tooLarge, Runnable over) {
        boolean fresh = claimed.was() == RunStatus.QUEUED;
        String id = claimed.row().run().id();
        EarlyCall call = fresh ? early.remove(id) : null;
        Beginning beginning;
        if (tooLarge.contains(id)) {
            beginning = Beginning.Condemned.tooLarge(fresh);
        } else if (call != null) {
            beginning = new Beginning.Fresh(call);
        } else if (claimed.deaths() >= RunLifecycle.MOST_DEATHS) {
            beginning = Beginning.Condemned.brokenWorkers();
        } else {
            beginning = new Beginning.TakenOver();
        }
        holds.begin(claimed.row(), beginning, over);
    }
}
