package dev.threadwell.api.thread;

import dev.threadwell.api.assistant.ToolResources;
import dev.threadwell.api.message.MessageFiles;
import dev.threadwell.api.validation.Body;
import dev.threadwell.api.vectorstore.FileChecks;
import dev.threadwell.api.vectorstore.VectorStores;
import dev.threadwell.assistant.ToolFiles;
import dev.threadwell.persistence.thread.ThreadStore;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.ThreadObject;
import dev.threadwell.vectorstore.VectorStore;
import dev.threadwell.vectorstore.VectorStore.ExpiresAfter;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds the files of messages to the tool resources of their thread. */
@ApplicationScoped
public class ThreadFiles {

    /** The expiration of a thread's own vector store: seven days after its last use. */
    public static final ExpiresAfter EXPIRY = ExpiresAfter.idleDays(7);

    private final ToolResources resources;
    private final FileChecks known;
    private final VectorStores stores;
    private final ThreadStore threads;

    @Inject
    ThreadFiles(
            ToolResources resources, FileChecks known, VectorStores stores, ThreadStore threads) {
        this.resources = resources;
        this.known = known;
        this.stores = stores;
        this.threads = threads;
    }

    /** The new thread with the requested tool resources and the files of its first messages. */
    public Uni<ThreadObject> equipped(
            String project,
            ThreadObject thread,
            @Nullable Body body,
            Collection<Message> messages) {
        MessageFiles files = MessageFiles.of(messages);
        return check(project, files)
                .chain(() -> resources.of(project, given(body), EXPIRY))
                .chain(named -> added(project, named, files))
                .map(all -> thread.withToolResources(all.resources()));
    }

    private static @Nullable Body given(@Nullable Body body) {
        return body == null ? null : body.object("tool_resources");
    }

    /** Adds the files of these messages to their thread, before the messages are written. */
    public Uni<Void> give(String project, String thread, Collection<Message> messages) {
        MessageFiles files = MessageFiles.of(messages);
        Uni<Void> checked = check(project, files);
        return files.forTools()
                ? checked.chain(() -> threads.find(project, thread))
                        .chain(found -> give(project, found, files))
                : checked;
    }

    private Uni<Void> check(String project, MessageFiles files) {
        return known.usable(project, files.all(), files.searched(), files.pictures());
    }

    private Uni<Void> give(String project, @Nullable ThreadObject thread, MessageFiles files) {
        if (thread == null) {
            return Uni.createFrom().voidItem();
        }
        ToolFiles before = ToolFiles.of(thread.toolResources());
        return added(project, before, files)
                .chain(after -> save(project, thread.id(), before, after, files));
    }

    /**
     * Saves the resources. If another message has given the thread a different vector store in the
     * meantime, the files go into that one.
     */
    private Uni<Void> save(
            String project, String thread, ToolFiles before, ToolFiles after, MessageFiles files) {
        return threads.modify(project, thread, now -> merged(now, before, after, files))
                .chain(saved -> settle(project, saved, after, files));
    }

    private static ThreadObject merged(
            ThreadObject now, ToolFiles before, ToolFiles after, MessageFiles files) {
        ToolFiles current = ToolFiles.of(now.toolResources());
        ToolFiles withStore =
                current.stores().equals(before.stores()) && !files.searched().isEmpty()
                        ? current.withStores(after.stores())
                        : current;
        return now.withToolResources(computed(withStore, files).resources());
    }

    private Uni<Void> settle(
            String project, @Nullable ThreadObject saved, ToolFiles after, MessageFiles files) {
        List<String> theirs =
                saved == null ? List.of() : ToolFiles.of(saved.toolResources()).stores();
        if (files.searched().isEmpty() || theirs.equals(after.stores())) {
            return Uni.createFrom().voidItem();
        }
        Uni<Boolean> dropped = stores.delete(project, after.stores().getFirst());
        return theirs.isEmpty()
                ? dropped.replaceWithVoid()
                : dropped.chain(() -> stores.add(project, theirs.getFirst(), files.searched()))
                        .replaceWithVoid();
    }

    private Uni<ToolFiles> added(String project, ToolFiles given, MessageFiles files) {
        ToolFiles named = computed(given, files);
        if (files.searched().isEmpty()) {
            return Uni.createFrom().item(named);
        }
        return given.stores().isEmpty()
                ? withStore(project, named, files)
                : stores.add(project, given.stores().getFirst(), files.searched())
                        .chain(
                                taken ->
                                        taken
                                                ? Uni.createFrom().item(named)
                                                : withStore(project, named, files));
    }

    private Uni<ToolFiles> withStore(String project, ToolFiles named, MessageFiles files) {
        return stores.create(project, files.searched(), EXPIRY)
                .map(VectorStore::id)
                .map(id -> named.withStores(List.of(id)));
    }

    private static ToolFiles computed(ToolFiles given, MessageFiles files) {
        return files.computed().isEmpty() ? given : given.withCodeFiles(files.computed());
    }
}
