package dev.threadwell.runworker.hold;

import dev.threadwell.outbox.StreamProducer;
import dev.threadwell.outbox.TopicSetup;
import dev.threadwell.run.Run;
import dev.threadwell.runworker.model.ModelCall;
import dev.threadwell.runworker.model.ModelClient;
import dev.threadwell.runworker.turn.Prompt;
import dev.threadwell.store.Conversation;
import dev.threadwell.store.HeldRuns;
import dev.threadwell.store.MessageStore;
import dev.threadwell.store.StepStore;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;

/** What every hold works with. */
@Singleton
public class HoldServices {

    final HeldRuns runs;
    final StepStore steps;
    final MessageStore messages;
    final Conversation conversation;
    final ModelClient model;
    final StreamProducer stream;
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
            StreamProducer stream,
            StreamReplay replay,
            WorkerConfig config,
            InstantSource clock) {
        this.runs = runs;
        this.steps = steps;
        this.messages = messages;
        this.conversation = conversation;
        this.model = model;
        this.stream = stream;
        this.replay = replay;
        this.config = config;
        this.clock = clock;
    }

    void prepare(@Observes @Priority(TopicSetup.DONE) StartupEvent event) {
        stream.prepare();
    }

    /** Asks the model for the run's next turn, on the current Vert.x context. */
    ModelCall sample(Run run, List<Conversation.Entry> conversation, ModelCall.Listener listener) {
        return model.stream(Prompt.of(run, conversation, model.contextTokens()), listener);
    }

    /** What the model is shown of a thread. */
    Uni<List<Conversation.Entry>> conversation(String threadId) {
        return conversation.newest(threadId, config.newestMessages());
    }
}
