package dev.threadwell.api.admin;

import static dev.threadwell.api.validation.Rules.object;
import static dev.threadwell.api.validation.Rules.optional;

import dev.threadwell.api.admin.store.ApiKeyRow;
import dev.threadwell.api.admin.store.Change;
import dev.threadwell.api.admin.store.ControlPlane;
import dev.threadwell.api.admin.store.ProjectRow;
import dev.threadwell.api.admin.store.RowList;
import dev.threadwell.api.http.ApiRequest;
import dev.threadwell.api.routes.SafeToRepeat;
import dev.threadwell.api.validation.Body;
import dev.threadwell.api.validation.ObjectKind;
import dev.threadwell.api.validation.ObjectRule;
import dev.threadwell.api.validation.ValidationErrors;
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
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** {@code …/projects/{id}/api_keys}: reads, restricts and revokes the keys of a project. */
@Path("/v1/organization/projects/{project}/api_keys")
@Cancellable(false)
public class ProjectKeysResource {

    private static final String SCOPES = "scopes";
    private static final String ACCESS = "owner_project_access";
    private static final String INACTIVE = "inactive";
    private static final List<String> ACCESSES = List.of("active", INACTIVE, "any");

    private static final RowList<ApiKeyRow> ALL =
            RowList.of(ApiKeyRow.class, ObjectKind.API_KEY, ApiKeyRow::id)
                    .where("r.revokedAt is null");

    private static final ObjectRule MODIFY =
            object(
                    optional(SCOPES, ServiceAccountsResource.scopesRule()),
                    optional(Times.EXPIRES, Times.expiry()));

    private final ControlPlane control;

    @Inject
    ProjectKeysResource(ControlPlane control) {
        this.control = control;
    }

    /** A page of the project's keys. */
    @GET
    public Uni<Page<Map<String, Object>>> list(
            @Context RoutingContext http, @RestPath String project) {
        ApiRequest request = ApiRequest.of(http);
        var query = request.page(ObjectKind.API_KEY);
        RowList<ApiKeyRow> rows = withAccess(request.query(ACCESS));
        boolean extensions = ApiRequest.extensions(http);
        return control.read(
                session ->
                        Projects.existing(session, project)
                                .chain(
                                        found ->
                                                rows.in(found.id())
                                                        .page(
                                                                session,
                                                                query,
                                                                row ->
                                                                        ProjectKey.of(
                                                                                row, extensions))));
    }

    /** Every owner has access to its project, because there are no members to remove. */
    private static RowList<ApiKeyRow> withAccess(@Nullable String access) {
        if (access != null && !ACCESSES.contains(access)) {
            throw ValidationErrors.value(ACCESS, access, ACCESSES);
        }
        return INACTIVE.equals(access) ? ALL.where("1 = 0") : ALL;
    }

    /** A key. */
    @GET
    @Path("/{id}")
    public Uni<Map<String, Object>> retrieve(
            @Context RoutingContext http, @RestPath String project, @RestPath String id) {
        boolean extensions = ApiRequest.extensions(http);
        return control.read(
                session ->
                        Projects.existing(session, project)
                                .chain(
                                        _ ->
                                                session.find(
                                                        ApiKeyRow.class, ObjectKind.API_KEY.id(id)))
                                .map(
                                        found ->
                                                ProjectKey.of(
                                                        existing(found, project, id), extensions)));
    }

    private static ApiKeyRow existing(@Nullable ApiKeyRow found, String project, String id) {
        return ObjectKind.API_KEY.existing(
                found == null || found.isRevoked() || !found.projectId().equals(project)
                        ? null
                        : found,
                id);
    }

    private static Uni<ApiKeyRow> existing(Change change, String project, String id) {
        return change.session()
                .find(ApiKeyRow.class, ObjectKind.API_KEY.id(id))
                .map(found -> existing(found, project, id));
    }

    /** Changes the scopes and the expiry of a key. */
    @POST
    @Path("/{id}")
    @SafeToRepeat(ProjectsResource.NOT_KEPT)
    public Uni<Map<String, Object>> modify(
            @Context RoutingContext http, @RestPath String project, @RestPath String id) {
        Body body = ApiRequest.of(http).body(MODIFY);
        boolean extensions = ApiRequest.extensions(http);
        return Projects.change(
                control,
                http,
                project,
                (change, owner) ->
                        existing(change, project, id)
                                .invoke(key -> modify(change, owner, key, body))
                                .map(key -> ProjectKey.of(key, extensions)));
    }

    private static void modify(Change change, ProjectRow project, ApiKeyRow key, Body body) {
        Map<String, Object> wanted = new LinkedHashMap<>();
        Map<String, Object> before = new LinkedHashMap<>();
        if (body.has(SCOPES)) {
            before.put(SCOPES, key.scopes().names());
            key.restrict(ServiceAccountsResource.scopes(body));
            wanted.put(SCOPES, key.scopes().names());
        }
        Instant expiry = Times.expiry(body, change.now());
        if (expiry != null) {
            before.put("expires_at", Times.shown(key.expiresAt()));
            key.expire(expiry);
            wanted.put("expires_at", Times.shown(expiry));
        }
        if (!wanted.isEmpty()) {
            change.accessChanged(project.id());
            change.audit(AuditEvents.changed("api_key.updated", project, key.id(), wanted, before));
        }
    }

    /** Revokes a key, of a service account too: else there would be no end of a rotation. */
    @DELETE
    @Path("/{id}")
    public Uni<Deleted> delete(
            @Context RoutingContext http, @RestPath String project, @RestPath String id) {
        return Projects.change(
                control,
                http,
                project,
                (change, owner) ->
                        existing(change, project, id).map(key -> delete(change, owner, key)));
    }

    private static Deleted delete(Change change, ProjectRow project, ApiKeyRow key) {
        key.revoke(change.now());
        change.accessChanged(project.id());
        change.audit(AuditEvents.ended("api_key.deleted", project, key.id()));
        return Deleted.of(key.id(), ProjectKey.OBJECT);
    }
}
