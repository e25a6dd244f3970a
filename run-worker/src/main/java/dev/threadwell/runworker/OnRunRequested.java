package dev.threadwell.runworker;

import dev.threadwell.outbox.FactProducer;
import dev.threadwell.outbox.FactReader;
import dev.threadwell.outbox.Outages;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunStatus;
import dev.threadwell.runworker.hold.Beginning;
import dev.threadwell.runworker.hold.EarlyCall;
import dev.threadwell.runworker.hold.Holds;
import dev.threadwell.runworker.hold.Worker;
import dev.threadwell.store.HeldRuns;
import dev.threadwell.store.HeldRuns.Claimed;
import dev.threadwell.store.RunRow;
import dev.threadwell.topic.RunRequested;
import dev.threadwell.topic.Topics;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Runs wait for a worker: as many as there is room for are claimed in one transaction, then the
 * records are acknowledged, then the work begins. A second delivery claims nothing.
 */
@ApplicationScoped
public class OnRunRequested {

    private final HeldRuns runs;
    private final Holds holds;
    private final Worker worker;
    private final FactReader<RunRequested> facts;

    @Inject
    public OnRunRequested(HeldRuns runs, Holds holds, Worker worker, FactProducer producer) {
        this.runs = runs;
        this.holds = holds;
        this.worker = worker;
        this.facts = new FactReader<>(producer, Topics.RUN_REQUESTED, RunRequested.class);
    }

    @Incoming("run-requested")
    public Uni<Void> on(ConsumerRecords<String, byte[]> batch) {
        return facts.handleAll(batch, this::take);
    }

    private Uni<Void> take(List<RunRequested> requests) {
        return requests.isEmpty()
                ? Uni.createFrom().voidItem()
                : holds.reserve(requests.size()).chain(places -> take(requests, places));
    }

    private Uni<Void> take(List<RunRequested> requests, int places) {
        List<RunRequested> rest = requests.subList(places, requests.size());
        return claim(requests.subList(0, places)).chain(() -> take(rest));
    }

    private Uni<Void> claim(List<RunRequested> requests) {
        Map<String, EarlyCall> early = new HashMap<>();
        for (RunRequested request : requests) {
            Run run = request.run();
            if (run.status() == RunStatus.QUEUED) {
                early.computeIfAbsent(run.id(), id -> holds.early(RunRow.of(request)));
            }
        }
        return Outages.outlasted(runs.claim(requests, worker.id()))
                .onFailure()
                .invoke(() -> holds.giveBack(requests.size()))
                .invoke(claimed -> holds.giveBack(requests.size() - claimed.size()))
                .invoke(claimed -> claimed.forEach(one -> begin(one, early)))
                .onTermination()
                .invoke(() -> early.values().forEach(EarlyCall::abandon))
                .replaceWithVoid();
    }

    /** Takes the run's early call, if it has one, out of those that are abandoned. */
    private void begin(Claimed claimed, Map<String, EarlyCall> early) {
        EarlyCall call =
                claimed.was() == RunStatus.QUEUED ? early.remove(claimed.row().run().id()) : null;
        holds.begin(
                claimed.row(),
                call == null ? new Beginning.TakenOver() : new Beginning.Fresh(call));
    }
}
