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
import dev.threadwell.store.StoredFile;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** What every hold works with. */
@Singleton
public class HoldServices {

    /** A token is hardly ever longer; what is not read would not fit. */
    private static final long BYTES_PER_TOKEN = 8;

    /** A prompt with no more than this is loaded without a reservation. */
    private static final long SMALL_BYTES = 64 * 1024;

    /** As what a prompt is in memory while it is made: rows, texts, objects, the request. */
    private static final long COPIES = 4;

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
    final MemoryBudget memory;
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
        this.memory = MemoryBudget.of(config.promptBytes());
        this.config = config;
        this.clock = clock;
    }

    void prepare(@Observes @Priority(TopicSetup.DONE) StartupEvent event) {
        stream.prepare();
    }

    /**
     * How the run's next turn begins, after what it has spent so far.
     *
     * @param share of the memory for large prompts
     */
    Uni<Asking> asking(RunRow row, MemoryBudget.Share share) {
        return indexed.awaited(row)
                .chain(() -> remote.offered(row))
                .chain(run -> asking(row, run, share))
                .invoke(asking -> share.shrink(size(asking)))
                .onFailure(Unaskable.class)
                .recoverWithItem(why -> new Asking.Failed(((Unaskable) why).error()));
    }

    /** The text is there once more while it is sent. */
    private static long size(Asking asking) {
        return asking instanceof Asking.Request(var json, var _) ? 2L * json.length : 0;
    }

    private Uni<Asking> asking(RunRow row, Run run, MemoryBudget.Share share) {
        Budget budget = Budget.of(run, row.spent(), model.contextTokens(run.model()));
        return excerpt(run, reach(run, budget), share)
                .chain(
                        excerpt ->
                                attached(row, excerpt, share)
                                        .chain(files -> asking(run, excerpt, files, budget)));
    }

    /** The conversation; a large one when there is memory for it. */
    private Uni<Conversation.Excerpt> excerpt(
            Run run, Conversation.Reach reach, MemoryBudget.Share share) {
        return conversation
                .newestIfSmall(run.threadId(), reach, SMALL_BYTES)
                .chain(
                        small ->
                                small != null
                                        ? Uni.createFrom().item(small)
                                        : share.reserve(COPIES * reach.bytes())
                                                .chain(
                                                        () ->
                                                                conversation.newest(
                                                                        run.threadId(), reach)));
    }

    private Uni<Attached> attached(
            RunRow row, Conversation.Excerpt excerpt, MemoryBudget.Share share) {
        return pictures.found(row.run().threadId(), excerpt.entries())
                .call(files -> room(files, excerpt, share))
                .chain(files -> shown(files, excerpt))
                .chain(shown -> codeFiles.of(row).map(files -> new Attached(shown, files)));
    }

    private Uni<Boolean> room(
            List<StoredFile> files, Conversation.Excerpt excerpt, MemoryBudget.Share share) {
        long bytes =
                images.mostBytes(excerpt.entries())
                        + files.stream().mapToLong(stored -> stored.file().bytes()).sum();
        return bytes == 0
                ? Uni.createFrom().item(true)
                : share.reserve(COPIES * (excerpt.bytes() + bytes));
    }

    private Uni<Map<String, Picture>> shown(List<StoredFile> files, Conversation.Excerpt excerpt) {
        return pictures.read(files)
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
                && excerpt.bytes() <= SMALL_BYTES
                && Prompt.fitsForSure(run, excerpt.bytes(), attached, budget)) {
            return Uni.createFrom().item(Prompt.of(run, excerpt.entries(), attached, budget));
        }
        return Uni.createFrom()
                .item(() -> Prompt.of(run, excerpt.entries(), attached, budget))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
