package dev.threadwell.api.assistant;

import dev.threadwell.api.http.ApiRequest;
import dev.threadwell.api.model.AcceptedModels;
import dev.threadwell.api.routes.Beta;
import dev.threadwell.api.routes.Changes;
import dev.threadwell.api.routes.Creates;
import dev.threadwell.api.validation.Body;
import dev.threadwell.api.validation.ObjectKind;
import dev.threadwell.assistant.Assistant;
import dev.threadwell.assistant.ToolFiles;
import dev.threadwell.persistence.assistant.AssistantStore;
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
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** {@code /v1/assistants}: creates, reads, modifies and deletes assistants. */
@Path("/v1/assistants")
@Beta("assistants=v2")
@Cancellable(false)
public class AssistantResource {

    private final AssistantStore assistants;
    private final ToolResources resources;
    private final ToolSecretExtraction intake;
    private final AcceptedModels models;
    private final InstantSource clock;

    @Inject
    AssistantResource(
            AssistantStore assistants,
            ToolResources resources,
            ToolSecretExtraction intake,
            AcceptedModels models,
            InstantSource clock) {
        this.assistants = assistants;
        this.resources = resources;
        this.intake = intake;
        this.models = models;
        this.clock = clock;
    }

    /** Creates an assistant. */
    @POST
    @Creates(ObjectKind.ASSISTANT)
    public Uni<Assistant> create(@Context RoutingContext http) {
        ApiRequest request = ApiRequest.of(http);
        Body body = request.body(AssistantRequest.CREATE);
        models.check(body.required("model"));
        long now = clock.instant().getEpochSecond();
        String id = request.newId(ObjectKind.ASSISTANT);
        return resources
                .of(request.project(), body.object("tool_resources"), null)
                .chain(
                        files ->
                                intake.take(request, body, id)
                                        .map(
                                                tools ->
                                                        AssistantRequest.created(
                                                                id, body, tools, files, now)))
                .chain(assistant -> assistants.create(request.project(), assistant));
    }

    /** A page of the project's assistants. */
    @GET
    public Uni<Page<Assistant>> list(@Context RoutingContext http) {
        ApiRequest request = ApiRequest.of(http);
        return assistants.list(request.project(), request.page(ObjectKind.ASSISTANT));
    }

    /** An assistant. */
    @GET
    @Path("/{id}")
    public Uni<Assistant> retrieve(@Context RoutingContext http, @RestPath String id) {
        return assistants
                .find(ApiRequest.of(http).project(), ObjectKind.ASSISTANT.id(id))
                .map(found -> ObjectKind.ASSISTANT.existing(found, id));
    }

    /** Changes the given fields. */
    @POST
    @Path("/{id}")
    @Changes(ObjectKind.ASSISTANT)
    public Uni<Assistant> modify(@Context RoutingContext http, @RestPath String id) {
        ApiRequest request = ApiRequest.of(http);
        ObjectKind.ASSISTANT.id(id);
        Body body = request.body(AssistantRequest.MODIFY);
        String model = body.text("model");
        if (model != null) {
            models.check(model);
        }
        return resources
                .of(request.project(), body.object("tool_resources"), null)
                .chain(
                        files ->
                                intake.take(request, body, id)
                                        .chain(tools -> modify(request, id, body, tools, files)))
                .map(found -> ObjectKind.ASSISTANT.existing(found, id));
    }

    private Uni<@Nullable Assistant> modify(
            ApiRequest request, String id, Body body, RequestedTools tools, ToolFiles files) {
        return assistants.modify(
                request.project(),
                id,
                before -> AssistantRequest.modified(before, body, tools, files));
    }

    /** Deletes an assistant; its runs are kept. */
    @DELETE
    @Path("/{id}")
    public Uni<Deleted> delete(@Context RoutingContext http, @RestPath String id) {
        return assistants
                .delete(ApiRequest.of(http).project(), ObjectKind.ASSISTANT.id(id))
                .map(deleted -> ObjectKind.ASSISTANT.deleted(deleted, id, Assistant.OBJECT));
    }
}
