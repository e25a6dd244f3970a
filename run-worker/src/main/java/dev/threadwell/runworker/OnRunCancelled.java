package dev.threadwell.runworker;

import dev.threadwell.outbox.FactProducer;
import dev.threadwell.outbox.FactReader;
import dev.threadwell.runworker.hold.Holds;
import dev.threadwell.runworker.hold.UnheldEnds;
import dev.threadwell.store.Leases;
import dev.threadwell.store.RunKey;
import dev.threadwell.topic.RunCancelled;
import dev.threadwell.topic.Topics;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * A run is to stop. Every worker hears of it; the one that holds the run ends it, and one that
 * nobody holds is ended by whoever is first. What is missed here is found by {@link
 * OnLeaseExpired}.
 */
@ApplicationScoped
public class OnRunCancelled {

    private static final Logger LOG = Logger.getLogger(OnRunCancelled.class);

    private final Holds holds;
    private final Leases leases;
    private final UnheldEnds ends;
    private final FactReader<RunCancelled> facts;

    @Inject
    public OnRunCancelled(Holds holds, Leases leases, UnheldEnds ends, FactProducer producer) {
        this.holds = holds;
        this.leases = leases;
        this.ends = ends;
        this.facts = new FactReader<>(producer, Topics.RUN_CANCELLED, RunCancelled.class);
    }

    @Incoming("run-cancelled")
    public Uni<Void> on(ConsumerRecords<String, byte[]> batch) {
        return facts.handleEach(batch, this::stop);
    }

    private Uni<Void> stop(RunCancelled cancelled) {
        if (holds.holds(cancelled.runId())) {
            holds.stop(cancelled.runId());
            return Uni.createFrom().voidItem();
        }
        if (cancelled.worker() != null) {
            return Uni.createFrom().voidItem();
        }
        RunKey key = new RunKey(cancelled.projectId(), cancelled.threadId(), cancelled.runId());
        return leases.stopIfUnheld(key)
                .invoke(ends::show)
                .replaceWithVoid()
                .onFailure()
                .invoke(e -> LOG.warnf("left to the sweep runId=%s reason=%s", key.runId(), e))
                .onFailure()
                .recoverWithNull();
    }
}
