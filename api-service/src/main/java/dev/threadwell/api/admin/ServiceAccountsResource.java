package dev.threadwell.api.admin;

import static dev.threadwell.api.validation.Rules.filledText;
import static dev.threadwell.api.validation.Rules.flag;
import static dev.threadwell.api.validation.Rules.listOf;
import static dev.threadwell.api.validation.Rules.object;
import static dev.threadwell.api.validation.Rules.oneOf;
import static dev.threadwell.api.validation.Rules.optional;
import static dev.threadwell.api.validation.Rules.required;

import dev.threadwell.api.admin.store.ApiKeyRow;
import dev.threadwell.api.admin.store.Change;
import dev.threadwell.api.admin.store.ControlPlane;
import dev.threadwell.api.admin.store.ProjectRow;
import dev.threadwell.api.admin.store.RowList;
import dev.threadwell.api.admin.store.ServiceAccountRow;
import dev.threadwell.api.http.ApiRequest;
import dev.threadwell.api.routes.SafeToRepeat;
import dev.threadwell.api.validation.Body;
import dev.threadwell.api.validation.ObjectKind;
import dev.threadwell.api.validation.ObjectRule;
import dev.threadwell.api.validation.Rule;
import dev.threadwell.project.KeyValue;
import dev.threadwell.project.Scopes;
import dev.threadwell.run.Ids;
import dev.threadwell.wire.ApiError;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** {@code …/projects/{id}/service_accounts}: the owners of keys, which are shown here once. */
@Path("/v1/organization/projects/{project}/service_accounts")
@Cancellable(false)
public class ServiceAccountsResource {

    private static final String NAME = "name";
    private static final String ROLE = "role";
    private static final String SCOPES = "scopes";
    private static final String WITHOUT_KEY = "create_service_account_only";

    /** The name of a key that is made without one. */
    private static final String KEY_NAME = "Secret Key";

    private static final RowList<ServiceAccountRow> ALL =
            RowList.of(ServiceAccountRow.class, ObjectKind.SERVICE_ACCOUNT, ServiceAccountRow::id)
                    .where("r.deletedAt is null");

    private static final ObjectRule CREATE =
            object(
                    required(NAME, filledText(ProjectsResource.LONGEST_NAME)),
                    optional(WITHOUT_KEY, flag()),
                    optional(Times.EXPIRES, Times.expiry()));

    private static final ObjectRule MODIFY =
            object(
                    optional(NAME, filledText(ProjectsResource.LONGEST_NAME)),
                    optional(ROLE, oneOf("member", "owner")));

    private static final ObjectRule CREATE_KEY =
            object(
                    optional(NAME, filledText(ProjectsResource.LONGEST_NAME)),
                    optional(SCOPES, scopesRule()),
                    optional(Times.EXPIRES, Times.expiry()));

    private final ControlPlane control;

    @Inject
    ServiceAccountsResource(ControlPlane control) {
        this.control = control;
    }

    static Rule scopesRule() {
        return listOf(
                "strings", 0, Scopes.NAMES.size(), oneOf(Scopes.NAMES.toArray(String[]::new)));
    }

    static Scopes scopes(Body body) {
        return new Scopes(Set.copyOf(body.strings(SCOPES)));
    }

    /** Creates a service account, by default with a key. */
    @POST
    @SafeToRepeat(ProjectsResource.NOT_KEPT)
    public Uni<NewServiceAccount> create(@Context RoutingContext http, @RestPath String project) {
        Body body = ApiRequest.of(http).body(CREATE);
        boolean withKey = !body.flag(WITHOUT_KEY, false);
        if (!withKey && body.has(Times.EXPIRES)) {
            throw ApiError.badRequest(
                            "'%s' cannot be used when '%s' is true."
                                    .formatted(Times.EXPIRES, WITHOUT_KEY),
                            Times.EXPIRES,
                            null)
                    .thrown();
        }
        return Projects.change(
                control, http, project, (change, owner) -> create(change, owner, body, withKey));
    }

    private static Uni<NewServiceAccount> create(
            Change change, ProjectRow project, Body body, boolean withKey) {
        String role = withKey ? "member" : "none";
        ServiceAccountRow account =
                new ServiceAccountRow(
                        Ids.serviceAccount(),
                        project.id(),
                        body.required(NAME),
                        role,
                        change.now());
        change.audit(
                AuditEvents.made(
                        "service_account.created", project, account.id(), Map.of(ROLE, role)));
        Uni<Void> kept = change.session().persist(account);
        return withKey
                ? kept.chain(() -> createKey(change, project, account, body, null))
                        .map(key -> NewServiceAccount.of(account, key))
                : kept.replaceWith(() -> NewServiceAccount.of(account, null));
    }

    private static Uni<NewKey> createKey(
            Change change,
            ProjectRow project,
            ServiceAccountRow account,
            Body body,
            @Nullable String name) {
        String value = KeyValue.create(KeyValue.PROJECT);
        ApiKeyRow key =
                new ApiKeyRow(
                        Ids.apiKey(),
                        value,
                        account,
                        name == null ? KEY_NAME : name,
                        scopes(body),
                        change.now(),
                        Times.expiry(body, change.now()));
        change.audit(
                AuditEvents.made(
                        "api_key.created",
                        project,
                        key.id(),
                        Map.of(SCOPES, key.scopes().names())));
        return change.session().persist(key).replaceWith(() -> NewKey.of(key, value));
    }

    /** A page of the project's service accounts. */
    @GET
    public Uni<Page<ServiceAccount>> list(@Context RoutingContext http, @RestPath String project) {
        var query = ApiRequest.of(http).page(ObjectKind.SERVICE_ACCOUNT);
        return control.read(
                session ->
                        Projects.active(session, project)
                                .chain(
                                        found ->
                                                ALL.in(found.id())
                                                        .page(session, query, ServiceAccount::of)));
    }

    /** A service account. */
    @GET
    @Path("/{id}")
    public Uni<ServiceAccount> retrieve(@RestPath String project, @RestPath String id) {
        return control.read(
                session ->
                        Projects.existing(session, project)
                                .chain(
                                        _ ->
                                                session.find(
                                                        ServiceAccountRow.class,
                                                        ObjectKind.SERVICE_ACCOUNT.id(id)))
                                .map(found -> ServiceAccount.of(existing(found, project, id))));
    }

    private static ServiceAccountRow existing(
            @Nullable ServiceAccountRow found, String project, String id) {
        return ObjectKind.SERVICE_ACCOUNT.existing(
                found == null || found.isDeleted() || !found.projectId().equals(project)
                        ? null
                        : found,
                id);
    }

    private static Uni<ServiceAccountRow> existing(Change change, String project, String id) {
        return change.session()
                .find(ServiceAccountRow.class, ObjectKind.SERVICE_ACCOUNT.id(id))
                .map(found -> existing(found, project, id));
    }

    /** Changes name and role. */
    @POST
    @Path("/{id}")
    @SafeToRepeat(ProjectsResource.NOT_KEPT)
    public Uni<ServiceAccount> modify(
            @Context RoutingContext http, @RestPath String project, @RestPath String id) {
        Body body = ApiRequest.of(http).body(MODIFY);
        return Projects.change(
                control,
                http,
                project,
                (change, owner) ->
                        existing(change, project, id)
                                .invoke(account -> modify(change, owner, account, body))
                                .map(ServiceAccount::of));
    }

    private static void modify(
            Change change, ProjectRow project, ServiceAccountRow account, Body body) {
        Map<String, Object> wanted = new LinkedHashMap<>();
        Map<String, Object> before = new LinkedHashMap<>();
        String name = body.text(NAME);
        if (name != null) {
            before.put(NAME, account.name());
            wanted.put(NAME, name);
            account.rename(name);
        }
        String role = body.text(ROLE);
        if (role != null) {
            before.put(ROLE, account.role());
            wanted.put(ROLE, role);
            account.changeRole(role);
        }
        if (!wanted.isEmpty()) {
            change.audit(
                    AuditEvents.changed(
                            "service_account.updated", project, account.id(), wanted, before));
        }
    }

    /** Deletes a service account and revokes its keys. */
    @DELETE
    @Path("/{id}")
    public Uni<Deleted> delete(
            @Context RoutingContext http, @RestPath String project, @RestPath String id) {
        return Projects.change(
                control,
                http,
                project,
                (change, owner) ->
                        existing(change, project, id)
                                .chain(account -> delete(change, owner, account)));
    }

    private static Uni<Deleted> delete(
            Change change, ProjectRow project, ServiceAccountRow account) {
        account.delete(change.now());
        change.accessChanged(project.id());
        change.audit(AuditEvents.ended("service_account.deleted", project, account.id()));
        return change.session()
                .createSelectionQuery(
                        "select k from ApiKeyRow k where k.owner.id = :owner and k.revokedAt is null",
                        ApiKeyRow.class)
                .setParameter("owner", account.id())
                .getResultList()
                .map(keys -> revoked(change, project, account, keys));
    }

    private static Deleted revoked(
            Change change, ProjectRow project, ServiceAccountRow account, List<ApiKeyRow> keys) {
        for (ApiKeyRow key : keys) {
            key.revoke(change.now());
            change.audit(AuditEvents.ended("api_key.deleted", project, key.id()));
        }
        return Deleted.of(account.id(), ServiceAccount.OBJECT);
    }

    /** Creates one more key of a service account, for example to replace another one. */
    @POST
    @Path("/{id}/api_keys")
    @SafeToRepeat(ProjectsResource.NOT_KEPT)
    public Uni<NewKey> createKey(
            @Context RoutingContext http, @RestPath String project, @RestPath String id) {
        Body body = ApiRequest.of(http).body(CREATE_KEY);
        return Projects.change(
                control,
                http,
                project,
                (change, owner) ->
                        existing(change, project, id)
                                .chain(
                                        account ->
                                                createKey(
                                                        change,
                                                        owner,
                                                        account,
                                                        body,
                                                        body.text(NAME))));
    }
}
