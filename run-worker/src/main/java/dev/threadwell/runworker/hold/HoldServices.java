package dev.threadwell.runworker.hold;

import dev.threadwell.outbox.FactProducer;
import dev.threadwell.runworker.model.ModelClient;
import dev.threadwell.store.Conversation;
import dev.threadwell.store.HeldRuns;
import dev.threadwell.store.MessageStore;
import dev.threadwell.store.StepStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** What every hold works with. */
@Singleton
public class HoldServices {

    final HeldRuns runs;
    final StepStore steps;
    final MessageStore messages;
    final Conversation conversation;
    final ModelClient model;
    final FactProducer producer;
    final StreamReplay replay;
    final WorkerConfig config;
    final InstantSource clock;

    @Inject
    public HoldServices(
            HeldRuns runs,
            StepStore steps,
            MessageStore messages,
            Conversation conversation,
            ModelClient model,
            FactProducer producer,
            StreamReplay replay,
            WorkerConfig config,
            InstantSource clock) {
        this.runs = runs;
        this.steps = steps;
        this.messages = messages;
        this.conversation = conversation;
        this.model = model;
        this.producer = producer;
        this.replay = replay;
        this.config = config;
        this.clock = clock;
    }
}
