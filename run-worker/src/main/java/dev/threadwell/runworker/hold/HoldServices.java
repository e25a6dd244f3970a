package dev.threadwell.runworker.hold;

import dev.threadwell.outbox.FactProducer;
import dev.threadwell.runworker.WorkerConfig;
import dev.threadwell.runworker.model.ModelClient;
import dev.threadwell.store.Conversation;
import dev.threadwell.store.HeldRuns;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** What every hold works with. */
@Singleton
public class HoldServices {

    final HeldRuns runs;
    final Conversation conversation;
    final ModelClient model;
    final FactProducer producer;
    final StreamReplay replay;
    final WorkerConfig config;
    final InstantSource clock;

    @Inject
    public HoldServices(
            HeldRuns runs,
            Conversation conversation,
            ModelClient model,
            FactProducer producer,
            StreamReplay replay,
            WorkerConfig config,
            InstantSource clock) {
        this.runs = runs;
        this.conversation = conversation;
        this.model = model;
        this.producer = producer;
        this.replay = replay;
        this.config = config;
        this.clock = clock;
    }
}
