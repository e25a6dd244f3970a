package dev.threadwell.api.thread;

import dev.threadwell.api.assistant.ToolResources;
import dev.threadwell.api.http.ApiRequest;
import dev.threadwell.api.routes.Beta;
import dev.threadwell.api.routes.Changes;
import dev.threadwell.api.routes.Creates;
import dev.threadwell.api.settings.ThreadConfig;
import dev.threadwell.api.validation.Body;
import dev.threadwell.api.validation.ObjectKind;
import dev.threadwell.assistant.ToolFiles;
import dev.threadwell.persistence.run.ThreadDeletion;
import dev.threadwell.persistence.thread.ThreadStore;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.ThreadObject;
import dev.threadwell.wire.ApiError;
import dev.threadwell.wire.Deleted;
import dev.threadwell.wire.Page;
import dev.threadwell.wire.StreamView;
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
import org.jspecify.annotations.Nullable;

/** {@code /v1/threads}: creates, reads, modifies and deletes threads. */
@Path("/v1/threads")
@Beta("assistants=v2")
@Cancellable(false)
public class ThreadResource {

    private final ThreadStore threads;
    private final ThreadFiles files;
    private final ToolResources resources;
    private final ThreadDeletion deletion;
    private final InstantSource clock;
    private final boolean listed;

    @Inject
    ThreadResource(
            ThreadStore threads,
            ThreadFiles files,
            ToolResources resources,
            ThreadDeletion deletion,
            InstantSource clock,
            ThreadConfig config) {
        this.threads = threads;
        this.files = files;
        this.resources = resources;
        this.deletion = deletion;
        this.clock = clock;
        this.listed = config.list();
    }

    /** Creates a thread with its first messages. */
    @POST
    @Creates(ObjectKind.THREAD)
    public Uni<ThreadObject> create(@Context RoutingContext http) {
        ApiRequest request = ApiRequest.of(http);
        Body body = request.body(ThreadRequest.CREATE);
        long now = clock.instant().getEpochSecond();
        ThreadObject thread = ThreadRequest.created(request.newId(ObjectKind.THREAD), body, now);
        List<Message> messages = ThreadRequest.messages(request, body, thread.id(), now);
        return files.equipped(request.project(), thread, body, messages)
                .chain(made -> threads.create(request.project(), made, messages));
    }

    /**
     * A page of the project's threads, if the installation allows it. Off by default for privacy:
     * anybody with an API key could read the conversations of all users, and the original refuses
     * every API key here.
     */
    @GET
    public Uni<Page<ThreadObject>> list(@Context RoutingContext http) {
        if (!listed) {
            throw ApiError.unauthorized(
                            "Your request to GET /v1/threads must be made with a session key (that"
                                    + " is, it can only be made from the browser). You made it with"
                                    + " the following key type: secret.",
                            "missing_scope")
                    .thrown();
        }
        ApiRequest request = ApiRequest.of(http);
        return threads.list(request.project(), request.page(ObjectKind.THREAD));
    }

    /** A thread, in the same form as in streams. */
    @GET
    @Path("/{id}")
    public Uni<ThreadObject> retrieve(@Context RoutingContext http, @RestPath String id) {
        return threads.find(ApiRequest.of(http).project(), ObjectKind.THREAD.id(id))
                .map(found -> StreamView.of(ObjectKind.THREAD.existing(found, id)));
    }

    /** Changes the given fields. */
    @POST
    @Path("/{id}")
    @Changes(ObjectKind.THREAD)
    public Uni<ThreadObject> modify(@Context RoutingContext http, @RestPath String id) {
        ApiRequest request = ApiRequest.of(http);
        ObjectKind.THREAD.id(id);
        Body body = request.body(ThreadRequest.MODIFY);
        return resources
                .of(request.project(), body.object("tool_resources"), ThreadFiles.EXPIRY)
                .chain(named -> modify(request, id, body, named))
                .map(found -> ObjectKind.THREAD.existing(found, id));
    }

    private Uni<@Nullable ThreadObject> modify(
            ApiRequest request, String id, Body body, ToolFiles named) {
        return threads.modify(
                request.project(), id, before -> ThreadRequest.modified(before, body, named));
    }

    /** Deletes a thread with its messages and runs. */
    @DELETE
    @Path("/{id}")
    public Uni<Deleted> delete(@Context RoutingContext http, @RestPath String id) {
        return deletion.delete(ApiRequest.of(http).project(), ObjectKind.THREAD.id(id))
                .map(deleted -> ObjectKind.THREAD.deleted(deleted, id, ThreadObject.OBJECT));
    }
}
