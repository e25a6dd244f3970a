package dev.threadwell.api.vectorstore;

import dev.threadwell.api.http.ApiRequest;
import dev.threadwell.api.routes.Changes;
import dev.threadwell.api.routes.Creates;
import dev.threadwell.api.routes.NewIn;
import dev.threadwell.api.routes.SafeToRepeat;
import dev.threadwell.api.validation.Body;
import dev.threadwell.api.validation.ObjectKind;
import dev.threadwell.persistence.vectorstore.VectorStoreStore;
import dev.threadwell.search.Search;
import dev.threadwell.search.SearchQuery;
import dev.threadwell.search.SearchQuery.Weights;
import dev.threadwell.vectorstore.VectorStore;
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

/** {@code /v1/vector_stores}: creates, reads, modifies, searches and deletes vector stores. */
@Path("/v1/vector_stores")
@NewIn("assistants=v2")
@Cancellable(false)
public class VectorStoreResource {

    private final VectorStoreStore stores;
    private final Search searching;
    private final VectorStores known;
    private final FileChecks files;
    private final InstantSource clock;

    @Inject
    VectorStoreResource(
            VectorStoreStore stores,
            Search searching,
            VectorStores known,
            FileChecks files,
            InstantSource clock) {
        this.stores = stores;
        this.searching = searching;
        this.known = known;
        this.files = files;
        this.clock = clock;
    }

    /** Creates a store and starts the ingestion of its initial files. */
    @POST
    @Creates(ObjectKind.VECTOR_STORE)
    public Uni<VectorStore> create(@Context RoutingContext http) {
        ApiRequest request = ApiRequest.of(http);
        Body body = request.body(StoreRequest.CREATE);
        VectorStore store =
                StoreRequest.created(
                        request.newId(ObjectKind.VECTOR_STORE),
                        body,
                        clock.instant().getEpochSecond());
        return files.searchable(request.project(), body.strings("file_ids"))
                .chain(
                        () ->
                                stores.create(
                                        request.project(), store, StoreRequest.files(body, store)));
    }

    /** A page of the project's stores. */
    @GET
    public Uni<Page<VectorStore>> list(@Context RoutingContext http) {
        ApiRequest request = ApiRequest.of(http);
        return stores.list(request.project(), request.page(ObjectKind.VECTOR_STORE));
    }

    /** A store. */
    @GET
    @Path("/{id}")
    public Uni<VectorStore> retrieve(@Context RoutingContext http, @RestPath String id) {
        return known.existing(ApiRequest.of(http).project(), ObjectKind.VECTOR_STORE.id(id));
    }

    /** Changes the given fields. */
    @POST
    @Path("/{id}")
    @Changes(ObjectKind.VECTOR_STORE)
    public Uni<VectorStore> modify(@Context RoutingContext http, @RestPath String id) {
        ApiRequest request = ApiRequest.of(http);
        ObjectKind.VECTOR_STORE.id(id);
        Body body = request.body(StoreRequest.MODIFY);
        return stores.modify(request.project(), id, before -> modified(before, body))
                .map(found -> ObjectKind.VECTOR_STORE.existing(found, id));
    }

    /** Rejects changes of an expired store, which cannot be renewed. */
    private static VectorStore modified(VectorStore before, Body body) {
        if (before.expired()) {
            throw VectorStores.expired(before.id());
        }
        return StoreRequest.modified(before, body);
    }

    /** Deletes a store; its files are not deleted. */
    @DELETE
    @Path("/{id}")
    public Uni<Deleted> delete(@Context RoutingContext http, @RestPath String id) {
        return stores.delete(ApiRequest.of(http).project(), ObjectKind.VECTOR_STORE.id(id))
                .map(deleted -> ObjectKind.VECTOR_STORE.deleted(deleted, id, VectorStore.OBJECT));
    }

    /** Searches the files of the store. */
    @POST
    @Path("/{id}/search")
    @SafeToRepeat("a search changes nothing but when the store was last used")
    public Uni<SearchPage> search(@Context RoutingContext http, @RestPath String id) {
        ApiRequest request = ApiRequest.of(http);
        ObjectKind.VECTOR_STORE.id(id);
        SearchRequest search = SearchRequest.of(request.body(SearchRequest.RULE));
        return known.existing(request.project(), id)
                .invoke(VectorStoreResource::mustBeAlive)
                .chain(() -> stores.used(request.project(), List.of(id)))
                .chain(
                        () ->
                                searching.search(
                                        new SearchQuery(
                                                request.project(),
                                                List.of(id),
                                                search.queries(),
                                                search.filter(),
                                                search.limit(),
                                                search.threshold(),
                                                Weights.DEFAULT)))
                .map(results -> SearchPage.of(search.queries(), results));
    }

    private static void mustBeAlive(VectorStore store) {
        if (store.expired()) {
            throw VectorStores.expired(store.id());
        }
    }
}
