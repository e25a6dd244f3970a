package dev.threadwell.runworker;

import dev.threadwell.persistence.run.Leases;
import dev.threadwell.persistence.run.RunKey;
import dev.threadwell.platform.outbox.OutboxProducer;
import dev.threadwell.platform.outbox.RecordHandler;
import dev.threadwell.runworker.execution.RunExecutions;
import dev.threadwell.runworker.stream.OrphanEndPublisher;
import dev.threadwell.topic.RunCancelled;
import dev.threadwell.topic.Topics;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Stops a cancelled run. Every worker receives the message: the one that executes the run ends it,
 * and a run that no worker executes is ended by the first worker whose update succeeds. Runs that
 * are missed here are found by the {@link RunSweeper}.
 */
@ApplicationScoped
public class OnRunCancelled {

    private static final Logger LOG = Logger.getLogger(OnRunCancelled.class);

    private final RunExecutions executions;
    private final Leases leases;
    private final OrphanEndPublisher ends;
    private final RecordHandler<RunCancelled> handler;

    @Inject
    public OnRunCancelled(
            RunExecutions executions,
            Leases leases,
            OrphanEndPublisher ends,
            OutboxProducer producer) {
        this.executions = executions;
        this.leases = leases;
        this.ends = ends;
        this.handler = new RecordHandler<>(producer, Topics.RUN_CANCELLED, RunCancelled.class);
    }

    @Incoming("run-cancelled")
    public Uni<Void> on(ConsumerRecords<String, byte[]> batch) {
        return handler.handleEach(batch, this::stop);
    }

    private Uni<Void> stop(RunCancelled cancelled) {
        if (executions.executes(cancelled.runId())) {
            executions.stop(cancelled.runId());
            return Uni.createFrom().voidItem();
        }
        if (cancelled.worker() != null) {
            return Uni.createFrom().voidItem();
        }
        RunKey key = new RunKey(cancelled.projectId(), cancelled.threadId(), cancelled.runId());
        return leases.stopIfUnclaimed(key)
                .invoke(ends::publish)
                .replaceWithVoid()
                .onFailure()
                .invoke(e -> LOG.warnf("left to the sweep runId=%s reason=%s", key.runId(), e))
                .onFailure()
                .recoverWithNull();
    }
}
