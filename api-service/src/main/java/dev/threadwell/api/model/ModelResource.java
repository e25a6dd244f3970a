package dev.threadwell.api.model;

import dev.threadwell.api.routes.AnswerQuirk;
import dev.threadwell.api.routes.Quirks;
import dev.threadwell.wire.ApiError;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.Cancellable;

/** {@code /v1/models}. */
@Path("/v1/models")
@Quirks(AnswerQuirk.DELETIONS_END_WITH_NEWLINE)
@Cancellable(false)
public class ModelResource {

    private final Provider provider;

    @Inject
    ModelResource(Provider provider) {
        this.provider = provider;
    }

    /** All models of the provider. */
    @GET
    public Uni<Model.All> list() {
        return provider.models().map(models -> new Model.All("list", models));
    }

    /** A model; an id may contain slashes. */
    @GET
    @Path("/{id: .+}")
    public Uni<Model> retrieve(@RestPath String id) {
        return provider.models().map(models -> named(id, models));
    }

    /** Always rejected: models belong to the provider, so clients cannot delete them. */
    @DELETE
    @Path("/{id: .+}")
    public Uni<Model> delete(@RestPath String id) {
        return retrieve(id)
                .chain(
                        model ->
                                Uni.createFrom()
                                        .failure(
                                                new ApiError(
                                                                403,
                                                                "You have insufficient permissions"
                                                                        + " for this operation.",
                                                                "invalid_request_error",
                                                                null,
                                                                null)
                                                        .thrown()));
    }

    private static Model named(String id, List<Model> models) {
        return models.stream()
                .filter(model -> model.id().equals(id))
                .findFirst()
                .orElseThrow(
                        () ->
                                new ApiError(
                                                404,
                                                "The model '%s' does not exist".formatted(id),
                                                "invalid_request_error",
                                                "model",
                                                "model_not_found")
                                        .thrown());
    }
}
