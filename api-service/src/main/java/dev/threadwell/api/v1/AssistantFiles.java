package dev.threadwell.api.v1;

import dev.threadwell.api.vectorstore.VectorStores;
import dev.threadwell.assistant.Assistant;
import dev.threadwell.assistant.ToolFiles;
import dev.threadwell.persistence.assistant.AssistantStore;
import dev.threadwell.persistence.file.FileStore;
import dev.threadwell.vectorstore.VectorStore;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Adds the v1 files of an assistant to the resources of its tools, and removes them. */
@ApplicationScoped
class AssistantFiles {

    private final AssistantStore assistants;
    private final FileStore files;
    private final VectorStores stores;

    @Inject
    AssistantFiles(AssistantStore assistants, FileStore files, VectorStores stores) {
        this.assistants = assistants;
        this.files = files;
        this.stores = stores;
    }

    /**
     * A change of an assistant's files.
     *
     * @param tools the types of the assistant's tools after the change
     * @param taken the files to remove
     * @param held the files that the assistant has after the change, old and new ones
     */
    record Change(Set<String> tools, Collection<String> taken, Collection<String> held) {

        boolean computes() {
            return tools.contains(Upgrade.CODE_INTERPRETER);
        }

        boolean searches() {
            return tools.contains(Upgrade.FILE_SEARCH);
        }

        /**
         * The resources with the files of the code interpreter changed. Files that v2 has added are
         * kept; files that no longer exist are removed.
         */
        private ToolFiles computed(ToolFiles before, Set<String> existing) {
            if (!computes()) {
                return before;
            }
            Set<String> ids =
                    new LinkedHashSet<>(
                            before.codeFiles() == null ? List.of() : before.codeFiles());
            ids.removeAll(taken);
            ids.addAll(held);
            ids.retainAll(existing);
            return new ToolFiles(List.copyOf(ids), before.storeIds());
        }
    }

    /** The types of an assistant's tools. */
    static Set<String> tools(Assistant assistant) {
        return assistant.tools().stream()
                .map(tool -> tool.kind().name())
                .collect(Collectors.toSet());
    }

    /** The resources of an assistant's tools after this change. */
    Uni<ToolFiles> equipped(String project, ToolFiles before, Change change) {
        List<String> concerned = new ArrayList<>(change.held());
        concerned.addAll(before.codeFiles() == null ? List.of() : before.codeFiles());
        return files.all(project, concerned)
                .map(existing -> change.computed(before, existing.keySet()))
                .chain(
                        after ->
                                change.searches()
                                        ? searched(project, after, change)
                                        : Uni.createFrom().item(after));
    }

    private Uni<ToolFiles> searched(String project, ToolFiles before, Change change) {
        if (change.held().isEmpty() && before.stores().isEmpty()) {
            return Uni.createFrom().item(before);
        }
        return store(project, before, change)
                .call(id -> stores.remove(project, id, change.taken()))
                .map(id -> before.withStores(List.of(id)));
    }

    private Uni<String> store(String project, ToolFiles before, Change change) {
        if (before.stores().isEmpty()) {
            return newStore(project, change);
        }
        String store = before.stores().getFirst();
        return stores.add(project, store, change.held())
                .chain(taken -> taken ? Uni.createFrom().item(store) : newStore(project, change));
    }

    private Uni<String> newStore(String project, Change change) {
        return stores.create(project, change.held(), null).map(VectorStore::id);
    }

    /** Changes the files of the assistant's tools. */
    Uni<Void> change(
            String project, Assistant seen, Collection<String> taken, Collection<String> held) {
        Change change = new Change(tools(seen), taken, held);
        ToolFiles before = ToolFiles.of(seen.toolResources());
        return equipped(project, before, change)
                .chain(
                        after ->
                                assistants
                                        .modify(
                                                project,
                                                seen.id(),
                                                now -> merged(now, before, after, change))
                                        .chain(
                                                saved ->
                                                        settle(
                                                                project, saved, before, after,
                                                                change)));
    }

    private static Assistant merged(
            Assistant now, ToolFiles before, ToolFiles after, Change change) {
        ToolFiles current = ToolFiles.of(now.toolResources());
        Set<String> existing = new LinkedHashSet<>(change.held());
        existing.addAll(current.codeFiles() == null ? List.of() : current.codeFiles());
        ToolFiles computed = change.computed(current, existing);
        return now.withToolResources(
                (current.stores().equals(before.stores()) && after.storeIds() != null
                                ? computed.withStores(after.stores())
                                : computed)
                        .resources());
    }

    /**
     * Repeats the change if another request has given the assistant a different vector store in the
     * meantime: the files go into that one, and a store that was created here is deleted.
     */
    private Uni<Void> settle(
            String project,
            @Nullable Assistant saved,
            ToolFiles before,
            ToolFiles after,
            Change change) {
        if (saved == null || ToolFiles.of(saved.toolResources()).stores().equals(after.stores())) {
            return Uni.createFrom().voidItem();
        }
        Uni<Boolean> dropped =
                after.stores().equals(before.stores())
                        ? Uni.createFrom().item(false)
                        : stores.delete(project, after.stores().getFirst());
        return dropped.chain(() -> change(project, saved, change.taken(), change.held()));
    }
}
