package dev.threadwell.runworker.hold;

import dev.threadwell.outbox.StreamProducer;
import dev.threadwell.outbox.TopicSetup;
import dev.threadwell.run.Run;
import dev.threadwell.runworker.model.ModelClient;
import dev.threadwell.runworker.turn.Asking;
import dev.threadwell.runworker.turn.Attached;
import dev.threadwell.runworker.turn.Budget;
import dev.threadwell.runworker.turn.Picture;
import dev.threadwell.runworker.turn.Prompt;
import dev.threadwell.store.Conversation;
import dev.threadwell.store.HeldRuns;
import dev.threadwell.store.MessageStore;
import dev.threadwell.store.RunRow;
import dev.threadwell.store.StepStore;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Map;

/** What every hold works with. */
@Singleton
public class HoldServices {

    /** A token is hardly ever longer; what is not read would not fit. */
    private static final long BYTES_PER_TOKEN = 8;

    final HeldRuns runs;
    final StepStore steps;
    final MessageStore messages;
    final Conversation conversation;
    final Pictures pictures;
    final RemoteImages images;
    final CodeFiles codeFiles;
    final IndexedFiles indexed;
    final RemoteTools remote;
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
            Pictures pictures,
            RemoteImages images,
            CodeFiles codeFiles,
            IndexedFiles indexed,
            RemoteTools remote,
            ModelClient model,
            StreamProducer stream,
            StreamReplay replay,
            WorkerConfig config,
            InstantSource clock) {
        this.runs = runs;
        this.steps = steps;
        this.messages = messages;
        this.conversation = conversation;
        this.pictures = pictures;
        this.images = images;
        this.codeFiles = codeFiles;
        this.indexed = indexed;
        this.remote = remote;
        this.model = model;
        this.stream = stream;
        this.replay = replay;
        this.config = config;
        this.clock = clock;
    }

    void prepare(@Observes @Priority(TopicSetup.DONE) StartupEvent event) {
        stream.prepare();
    }

    /** How the run's next turn begins, after what it has spent so far. */
    Uni<Asking> asking(RunRow row) {
        return indexed.awaited(row)
                .chain(() -> remote.offered(row))
                .chain(run -> asking(row, run))
                .onFailure(Unaskable.class)
                .recoverWithItem(why -> new Asking.Failed(((Unaskable) why).error()));
    }

    private Uni<Asking> asking(RunRow row, Run run) {
        Budget budget = Budget.of(run, row.spent(), model.contextTokens(run.model()));
        return conversation
                .newest(run.threadId(), reach(run, budget))
                .chain(
                        excerpt ->
                                attached(row, excerpt)
                                        .chain(files -> asking(run, excerpt, files, budget)));
    }

    private Uni<Attached> attached(RunRow row, Conversation.Excerpt excerpt) {
        return shown(row, excerpt)
                .chain(shown -> codeFiles.of(row).map(files -> new Attached(shown, files)));
    }

    private Uni<Map<String, Picture>> shown(RunRow row, Conversation.Excerpt excerpt) {
        return pictures.of(row.run().threadId(), excerpt.entries())
                .chain(
                        uploaded ->
                                images.of(excerpt.entries())
                                        .map(
                                                fetched -> {
                                                    fetched.putAll(uploaded);
                                                    return fetched;
                                                }));
    }

    private Conversation.Reach reach(Run run, Budget budget) {
        return new Conversation.Reach(
                config.newestMessages(),
                Math.max(1, budget.prompt() * BYTES_PER_TOKEN),
                run.truncationStrategy().messages() == Integer.MAX_VALUE);
    }

    /** Counting tokens takes an event loop's time from others, and so does writing pictures. */
    private static Uni<Asking> asking(
            Run run, Conversation.Excerpt excerpt, Attached attached, Budget budget) {
        if (attached.pictures().isEmpty()
                && Prompt.fitsForSure(run, excerpt.bytes(), attached, budget)) {
            return Uni.createFrom().item(Prompt.of(run, excerpt.entries(), attached, budget));
        }
        return Uni.createFrom()
                .item(() -> Prompt.of(run, excerpt.entries(), attached, budget))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
