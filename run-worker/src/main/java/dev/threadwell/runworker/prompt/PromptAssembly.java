package dev.threadwell.runworker.prompt;

import dev.threadwell.persistence.file.StoredFile;
import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.persistence.thread.ConversationStore;
import dev.threadwell.run.Run;
import dev.threadwell.runworker.model.ChatModel;
import dev.threadwell.runworker.turn.AttachedFiles;
import dev.threadwell.runworker.turn.ImagePart;
import dev.threadwell.runworker.turn.PictureNames;
import dev.threadwell.runworker.turn.Prompt;
import dev.threadwell.runworker.turn.PromptResult;
import dev.threadwell.runworker.turn.TokenBudget;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/** Assembles the request for a model from all its parts: conversation, images, files and tools. */
@Singleton
public class PromptAssembly {

    /**
     * An upper bound of the length of most tokens; the part of the conversation beyond this limit
     * would not fit and is not read.
     */
    private static final long BYTES_PER_TOKEN = 8;

    /** A conversation up to this size is loaded without a reservation of memory. */
    private static final long SMALL_BYTES = 64 * 1024;

    /**
     * How many copies of a prompt are in memory during its assembly: rows, texts, objects, request.
     */
    private static final long COPIES = 4;

    private final ConversationSource conversation;
    private final UploadedImages pictures;
    private final RemoteImages images;
    private final PictureView view;
    private final CodeFiles codeFiles;
    private final IndexedFiles indexed;
    private final McpFunctions remote;
    private final ChatModel model;
    private final PromptConfig config;
    private final MemoryBudget memory;

    @Inject
    public PromptAssembly(
            ConversationSource conversation,
            UploadedImages pictures,
            RemoteImages images,
            PictureView view,
            CodeFiles codeFiles,
            IndexedFiles indexed,
            McpFunctions remote,
            ChatModel model,
            PromptConfig config) {
        this.conversation = conversation;
        this.pictures = pictures;
        this.images = images;
        this.view = view;
        this.codeFiles = codeFiles;
        this.indexed = indexed;
        this.remote = remote;
        this.model = model;
        this.config = config;
        this.memory = MemoryBudget.of(config.promptBytes());
    }

    /** A share of the memory budget for large prompts, with nothing reserved yet. */
    public MemoryBudget.Share share() {
        return memory.share();
    }

    /**
     * The request for the run's next turn, or the reason why there is none.
     *
     * @param share the run's share of the memory budget for large prompts
     */
    public Uni<PromptResult> assembled(RunRow row, MemoryBudget.Share share) {
        return indexed.awaited(row)
                .chain(() -> remote.offered(row))
                .chain(run -> assembled(row, run, share))
                .invoke(result -> share.shrink(size(result)))
                .onFailure(PromptUnavailable.class)
                .recoverWithItem(why -> new PromptResult.Failed(((PromptUnavailable) why).error()));
    }

    /** The memory for the request, which exists in two copies while it is sent. */
    private static long size(PromptResult result) {
        return result instanceof PromptResult.Request(var json, var _) ? 2L * json.length : 0;
    }

    private Uni<PromptResult> assembled(RunRow row, Run run, MemoryBudget.Share share) {
        TokenBudget budget = TokenBudget.of(run, row.spent(), model.contextTokens(run.model()));
        return excerpt(run, reach(run, budget), share)
                .chain(
                        excerpt ->
                                attached(row, excerpt, share)
                                        .chain(files -> written(run, excerpt, files, budget)));
    }

    /** The conversation; a large one waits for a reservation of memory. */
    private Uni<ConversationStore.Excerpt> excerpt(
            Run run, ConversationStore.Reach reach, MemoryBudget.Share share) {
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

    private Uni<AttachedFiles> attached(
            RunRow row, ConversationStore.Excerpt excerpt, MemoryBudget.Share share) {
        boolean seen = view.isSeenBy(row.run().model());
        Uni<Map<String, ImagePart>> shown =
                seen ? shown(row, excerpt, share) : Uni.createFrom().item(Map.of());
        return shown.chain(pictures -> attached(row, pictures, seen));
    }

    private Uni<AttachedFiles> attached(RunRow row, Map<String, ImagePart> shown, boolean seen) {
        return codeFiles
                .of(row)
                .chain(
                        files ->
                                view.names(row)
                                        .map(
                                                names ->
                                                        new AttachedFiles(
                                                                shown, files, names, seen)));
    }

    private Uni<Map<String, ImagePart>> shown(
            RunRow row, ConversationStore.Excerpt excerpt, MemoryBudget.Share share) {
        return pictures.found(row.run().threadId(), excerpt.entries())
                .call(files -> room(files, excerpt, share))
                .chain(files -> shown(files, excerpt));
    }

    private Uni<Boolean> room(
            List<StoredFile> files, ConversationStore.Excerpt excerpt, MemoryBudget.Share share) {
        long bytes =
                images.mostBytes(excerpt.entries())
                        + files.stream().mapToLong(stored -> stored.file().bytes()).sum();
        return bytes == 0
                ? Uni.createFrom().item(true)
                : share.reserve(COPIES * (excerpt.bytes() + bytes));
    }

    private Uni<Map<String, ImagePart>> shown(
            List<StoredFile> files, ConversationStore.Excerpt excerpt) {
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

    private ConversationStore.Reach reach(Run run, TokenBudget budget) {
        return new ConversationStore.Reach(
                config.newestMessages(),
                Math.max(1, budget.prompt() * BYTES_PER_TOKEN),
                run.truncationStrategy().messages() == Integer.MAX_VALUE);
    }

    /**
     * Builds the prompt; if it needs token counting or has images, on a worker thread, because that
     * would block the event loop.
     */
    private static Uni<PromptResult> written(
            Run run,
            ConversationStore.Excerpt excerpt,
            AttachedFiles attached,
            TokenBudget budget) {
        if (attached.pictures().isEmpty()
                && attached.names().equals(PictureNames.NONE)
                && excerpt.bytes() <= SMALL_BYTES
                && Prompt.fitsForSure(run, excerpt.bytes(), attached, budget)) {
            return Uni.createFrom().item(Prompt.of(run, excerpt.entries(), attached, budget));
        }
        return Uni.createFrom()
                .item(() -> Prompt.of(run, excerpt.entries(), attached, budget))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
