package dev.threadwell.api.vectorstore;

import dev.threadwell.api.validation.Body;
import dev.threadwell.api.validation.ObjectKind;
import dev.threadwell.persistence.vectorstore.VectorStoreFileStore;
import dev.threadwell.persistence.vectorstore.VectorStoreFileStore.Addition;
import dev.threadwell.persistence.vectorstore.VectorStoreStore;
import dev.threadwell.run.Ids;
import dev.threadwell.vectorstore.ChunkingStrategy;
import dev.threadwell.vectorstore.VectorStore;
import dev.threadwell.vectorstore.VectorStore.ExpiresAfter;
import dev.threadwell.vectorstore.VectorStoreFile;
import dev.threadwell.wire.ApiError;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Creates, fills and checks the vector stores that requests about other objects refer to. */
@ApplicationScoped
public class VectorStores {

    private final VectorStoreStore stores;
    private final VectorStoreFileStore files;
    private final FileChecks known;
    private final InstantSource clock;

    @Inject
    public VectorStores(
            VectorStoreStore stores,
            VectorStoreFileStore files,
            FileChecks known,
            InstantSource clock) {
        this.stores = stores;
        this.files = files;
        this.known = known;
        this.clock = clock;
    }

    /** Returns the store; fails if it does not exist. */
    Uni<VectorStore> existing(String project, String id) {
        return stores.find(project, id).map(found -> ObjectKind.VECTOR_STORE.existing(found, id));
    }

    /** Returns an object found in a store; fails if the store or the object does not exist. */
    <T> Uni<T> existing(
            @Nullable T found, String project, String store, ObjectKind kind, String id) {
        return found == null
                ? existing(project, store)
                        .map(
                                there -> {
                                    throw kind.notFound(id);
                                })
                : Uni.createFrom().item(found);
    }

    /** Fails unless the files were added to the store. */
    static void mustBeAdded(Addition addition, String store) {
        switch (addition) {
            case Addition.Added _ -> {}
            case Addition.Expired _ -> throw expired(store);
            case Addition.NoStore _ -> throw ObjectKind.VECTOR_STORE.notFound(store);
        }
    }

    /** The error of the vector store endpoints for an expired store. */
    static RuntimeException expired(String store) {
        return ApiError.badRequest("Vector store '%s' has expired.".formatted(store)).thrown();
    }

    /** Fails unless all stores exist. */
    public Uni<Void> exist(String project, Collection<String> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().voidItem()
                : stores.all(project, ids.stream().filter(ObjectKind::isConceivable).toList())
                        .invoke(
                                found ->
                                        ids.stream()
                                                .filter(id -> !found.containsKey(id))
                                                .findFirst()
                                                .ifPresent(VectorStores::none))
                        .replaceWithVoid();
    }

    private static void none(String id) {
        throw ObjectKind.VECTOR_STORE.notFound(id);
    }

    /**
     * Marks stores as used by a new run, which postpones their expiration; fails if one has
     * expired.
     */
    public Uni<Void> use(String project, Collection<String> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().voidItem()
                : stores.all(project, ids)
                        .invoke(found -> found.values().forEach(VectorStores::mustBeAlive))
                        .chain(() -> stores.used(project, ids));
    }

    private static void mustBeAlive(VectorStore store) {
        if (store.expired()) {
            throw ApiError.badRequest("Vector store %s is expired.".formatted(store.id())).thrown();
        }
    }

    /** Creates the store that is part of an assistant or a thread. */
    public Uni<VectorStore> create(String project, Body inline, @Nullable ExpiresAfter expiry) {
        VectorStore store = StoreRequest.inline(inline, expiry, now());
        return known.searchable(project, inline.strings("file_ids"))
                .chain(() -> stores.create(project, store, StoreRequest.files(inline, store)));
    }

    /** Creates a thread's store for files that are attached to its messages. */
    public Uni<VectorStore> create(
            String project, Collection<String> fileIds, @Nullable ExpiresAfter expiry) {
        VectorStore store =
                VectorStore.created(Ids.vectorStore(), now(), null, null, expiry, Map.of());
        return stores.create(project, store, added(store.id(), fileIds));
    }

    /** Adds files to the store; returns false if it was deleted or has expired. */
    public Uni<Boolean> add(String project, String store, Collection<String> fileIds) {
        return files.add(project, store, added(store, fileIds))
                .map(addition -> addition instanceof Addition.Added);
    }

    /** Removes files from the store; ignores those that are not in it. */
    public Uni<Void> remove(String project, String store, Collection<String> fileIds) {
        Uni<Boolean> removed = Uni.createFrom().item(true);
        for (String id : fileIds) {
            removed = removed.chain(() -> files.delete(project, store, id));
        }
        return removed.replaceWithVoid();
    }

    /** Deletes a store that is not needed after all. */
    public Uni<Boolean> delete(String project, String store) {
        return stores.delete(project, store);
    }

    private List<VectorStoreFile> added(String store, Collection<String> fileIds) {
        return fileIds.stream()
                .map(id -> VectorStoreFile.added(id, store, now(), ChunkingStrategy.AUTO, Map.of()))
                .toList();
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
