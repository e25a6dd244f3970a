package dev.threadwell.api.vectorstore;

import dev.threadwell.api.http.ApiRequest;
import dev.threadwell.api.routes.Changes;
import dev.threadwell.api.routes.Creates;
import dev.threadwell.api.routes.NewIn;
import dev.threadwell.api.validation.ObjectKind;
import dev.threadwell.persistence.database.ListQuery;
import dev.threadwell.persistence.vectorstore.FileBatchStore;
import dev.threadwell.vectorstore.FileBatch;
import dev.threadwell.vectorstore.VectorStoreFile;
import dev.threadwell.wire.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.time.InstantSource;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/**
 * {@code /v1/vector_stores/{vector_store_id}/file_batches}: adds files to a vector store in
 * batches.
 */
@Path("/v1/vector_stores/{store}/file_batches")
@NewIn("assistants=v2")
@Cancellable(false)
public class FileBatchResource {

    private final FileBatchStore batches;
    private final VectorStores stores;
    private final FileChecks known;
    private final InstantSource clock;

    @Inject
    FileBatchResource(
            FileBatchStore batches, VectorStores stores, FileChecks known, InstantSource clock) {
        this.batches = batches;
        this.stores = stores;
        this.known = known;
        this.clock = clock;
    }

    /** Adds a batch of files to the store. */
    @POST
    @Creates(ObjectKind.FILE_BATCH)
    public Uni<FileBatch> create(@Context RoutingContext http, @RestPath String store) {
        ApiRequest request = ApiRequest.of(http);
        ObjectKind.VECTOR_STORE.id(store);
        long now = clock.instant().getEpochSecond();
        List<VectorStoreFile> files =
                StoreFileRequest.batch(request.body(StoreFileRequest.ADD_BATCH), store, now);
        FileBatch batch = FileBatch.created(request.newId(ObjectKind.FILE_BATCH), store, now);
        return stores.existing(request.project(), store)
                .chain(
                        () ->
                                known.searchable(
                                        request.project(),
                                        files.stream().map(VectorStoreFile::id).toList()))
                .chain(() -> batches.create(request.project(), batch, files))
                .invoke(addition -> VectorStores.mustBeAdded(addition, store))
                .chain(() -> find(request, store, batch.id()))
                .invoke(made -> IngestionPollInterval.tell(http, made.status()));
    }

    /** A batch. */
    @GET
    @Path("/{id}")
    public Uni<FileBatch> retrieve(
            @Context RoutingContext http, @RestPath String store, @RestPath String id) {
        return find(
                        ApiRequest.of(http),
                        ObjectKind.VECTOR_STORE.id(store),
                        ObjectKind.FILE_BATCH.id(id))
                .invoke(found -> IngestionPollInterval.tell(http, found.status()));
    }

    /** Cancels the ingestion of a batch's remaining files; a finished batch stays unchanged. */
    @POST
    @Path("/{id}/cancel")
    @Changes(ObjectKind.FILE_BATCH)
    public Uni<FileBatch> cancel(
            @Context RoutingContext http, @RestPath String store, @RestPath String id) {
        ApiRequest request = ApiRequest.of(http);
        ObjectKind.VECTOR_STORE.id(store);
        return batches.cancel(request.project(), store, ObjectKind.FILE_BATCH.id(id))
                .chain(found -> existing(request, found, store, id));
    }

    /** A page of the batch's files, optionally filtered by status. */
    @GET
    @Path("/{id}/files")
    public Uni<Page<VectorStoreFile>> files(
            @Context RoutingContext http, @RestPath String store, @RestPath String id) {
        ApiRequest request = ApiRequest.of(http);
        ObjectKind.VECTOR_STORE.id(store);
        ObjectKind.FILE_BATCH.id(id);
        ListQuery page = request.page(ObjectKind.FILE);
        String status = StatusFilter.of(request);
        return find(request, store, id)
                .chain(found -> batches.files(request.project(), store, id, status, page));
    }

    private Uni<FileBatch> find(ApiRequest request, String store, String id) {
        return batches.find(request.project(), store, id)
                .chain(found -> existing(request, found, store, id));
    }

    private Uni<FileBatch> existing(
            ApiRequest request, @Nullable FileBatch found, String store, String id) {
        return stores.existing(found, request.project(), store, ObjectKind.FILE_BATCH, id);
    }
}
