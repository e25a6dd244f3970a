package dev.threadwell.api.vectorstore;

import dev.threadwell.api.http.ApiRequest;
import dev.threadwell.api.routes.Changes;
import dev.threadwell.api.routes.NewIn;
import dev.threadwell.api.routes.SafeToRepeat;
import dev.threadwell.api.validation.Body;
import dev.threadwell.api.validation.ObjectKind;
import dev.threadwell.persistence.database.ListQuery;
import dev.threadwell.persistence.vectorstore.ChunkStore;
import dev.threadwell.persistence.vectorstore.VectorStoreFileStore;
import dev.threadwell.vectorstore.VectorStoreFile;
import dev.threadwell.wire.Deleted;
import dev.threadwell.wire.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.time.InstantSource;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.Cancellable;

/**
 * {@code /v1/vector_stores/{vector_store_id}/files}: adds, reads, modifies and removes the files of
 * a vector store.
 */
@Path("/v1/vector_stores/{store}/files")
@NewIn("assistants=v2")
@Cancellable(false)
public class VectorStoreFileResource {

    private final VectorStoreFileStore files;
    private final ChunkStore chunks;
    private final VectorStores stores;
    private final FileChecks known;
    private final InstantSource clock;

    @Inject
    VectorStoreFileResource(
            VectorStoreFileStore files,
            ChunkStore chunks,
            VectorStores stores,
            FileChecks known,
            InstantSource clock) {
        this.files = files;
        this.chunks = chunks;
        this.stores = stores;
        this.known = known;
        this.clock = clock;
    }

    /** Adds a file to the store; a file that is already in it stays unchanged. */
    @POST
    @SafeToRepeat("a file that is in the store already stays as it is")
    public Uni<VectorStoreFile> create(@Context RoutingContext http, @RestPath String store) {
        ApiRequest request = ApiRequest.of(http);
        ObjectKind.VECTOR_STORE.id(store);
        Body body = request.body(StoreFileRequest.ADD);
        VectorStoreFile file =
                StoreFileRequest.added(body, store, clock.instant().getEpochSecond());
        return stores.existing(request.project(), store)
                .chain(() -> known.searchable(request.project(), List.of(file.id())))
                .chain(() -> files.add(request.project(), store, List.of(file)))
                .invoke(addition -> VectorStores.mustBeAdded(addition, store))
                .chain(() -> find(request, store, file.id()))
                .invoke(added -> IngestionPollInterval.tell(http, added.status()));
    }

    /** A page of the store's files, optionally filtered by status. */
    @GET
    public Uni<Page<VectorStoreFile>> list(@Context RoutingContext http, @RestPath String store) {
        ApiRequest request = ApiRequest.of(http);
        ObjectKind.VECTOR_STORE.id(store);
        ListQuery page = request.page(ObjectKind.FILE);
        String status = StatusFilter.of(request);
        return stores.existing(request.project(), store)
                .chain(() -> files.list(request.project(), store, status, page));
    }

    /** A file of the store. */
    @GET
    @Path("/{id}")
    public Uni<VectorStoreFile> retrieve(
            @Context RoutingContext http, @RestPath String store, @RestPath String id) {
        return find(ApiRequest.of(http), ObjectKind.VECTOR_STORE.id(store), ObjectKind.FILE.id(id))
                .invoke(found -> IngestionPollInterval.tell(http, found.status()));
    }

    /** Replaces a file's attributes. */
    @POST
    @Path("/{id}")
    @Changes(ObjectKind.FILE)
    public Uni<VectorStoreFile> modify(
            @Context RoutingContext http, @RestPath String store, @RestPath String id) {
        ApiRequest request = ApiRequest.of(http);
        ObjectKind.VECTOR_STORE.id(store);
        ObjectKind.FILE.id(id);
        Body body = request.body(StoreFileRequest.DESCRIBE);
        body.mustHave("attributes");
        return files.describe(request.project(), store, id, StoreFileRequest.attributes(body))
                .chain(
                        found ->
                                stores.existing(
                                        found, request.project(), store, ObjectKind.FILE, id));
    }

    /** Removes a file from the store; the file itself is not deleted. */
    @DELETE
    @Path("/{id}")
    public Uni<Deleted> delete(
            @Context RoutingContext http, @RestPath String store, @RestPath String id) {
        String project = ApiRequest.of(http).project();
        ObjectKind.VECTOR_STORE.id(store);
        return files.delete(project, store, ObjectKind.FILE.id(id))
                .map(deleted -> deleted ? Deleted.of(id, VectorStoreFile.OBJECT) : null)
                .chain(deleted -> stores.existing(deleted, project, store, ObjectKind.FILE, id));
    }

    /** The extracted text of a file. */
    @GET
    @Path("/{id}/content")
    public Uni<ContentPage> content(
            @Context RoutingContext http, @RestPath String store, @RestPath String id) {
        ApiRequest request = ApiRequest.of(http);
        return find(request, ObjectKind.VECTOR_STORE.id(store), ObjectKind.FILE.id(id))
                .chain(found -> chunks.text(request.project(), store, id))
                .map(ContentPage::of);
    }

    private Uni<VectorStoreFile> find(ApiRequest request, String store, String id) {
        return files.find(request.project(), store, id)
                .chain(
                        found ->
                                stores.existing(
                                        found, request.project(), store, ObjectKind.FILE, id));
    }
}
