package dev.threadwell.api.admin;

import static dev.threadwell.api.validation.Rules.filledText;
import static dev.threadwell.api.validation.Rules.object;
import static dev.threadwell.api.validation.Rules.optional;
import static dev.threadwell.api.validation.Rules.required;

import dev.threadwell.api.admin.store.AdminKeyRow;
import dev.threadwell.api.admin.store.Change;
import dev.threadwell.api.admin.store.ControlPlane;
import dev.threadwell.api.admin.store.RowList;
import dev.threadwell.api.http.Administration;
import dev.threadwell.api.http.ApiRequest;
import dev.threadwell.api.routes.SafeToRepeat;
import dev.threadwell.api.validation.Body;
import dev.threadwell.api.validation.ObjectKind;
import dev.threadwell.api.validation.ObjectRule;
import dev.threadwell.persistence.database.ListQuery;
import dev.threadwell.project.KeyValue;
import dev.threadwell.run.Ids;
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
import java.util.Map;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** {@code /v1/organization/admin_api_keys}: the keys of the administration itself. */
@Path("/v1/organization/admin_api_keys")
@Cancellable(false)
public class AdminKeysResource {

    private static final RowList<AdminKeyRow> ALL =
            RowList.of(AdminKeyRow.class, ObjectKind.ADMIN_KEY, AdminKeyRow::id)
                    .where("r.revokedAt is null");

    private static final ObjectRule CREATE =
            object(
                    required("name", filledText(ProjectsResource.LONGEST_NAME)),
                    optional(Times.EXPIRES, Times.expiry()));

    private final ControlPlane control;

    @Inject
    AdminKeysResource(ControlPlane control) {
        this.control = control;
    }

    /** Creates a key, which is shown in this answer only. */
    @POST
    @SafeToRepeat(ProjectsResource.NOT_KEPT)
    public Uni<AdminApiKey> create(@Context RoutingContext http) {
        Body body = ApiRequest.of(http).body(CREATE);
        String value = KeyValue.create(KeyValue.ADMIN);
        return control.change(
                Administration.key(http),
                change -> {
                    AdminKeyRow key =
                            new AdminKeyRow(
                                    Ids.apiKey(),
                                    value,
                                    body.required("name"),
                                    change.now(),
                                    Times.expiry(body, change.now()));
                    change.audit(AuditEvents.made("api_key.created", null, key.id(), Map.of()));
                    return change.session()
                            .persist(key)
                            .replaceWith(() -> AdminApiKey.of(key, value));
                });
    }

    /** A page of the keys, the oldest first. */
    @GET
    public Uni<Page<AdminApiKey>> list(@Context RoutingContext http) {
        ApiRequest request = ApiRequest.of(http);
        ListQuery asked = request.page(ObjectKind.ADMIN_KEY);
        ListQuery query =
                new ListQuery(
                        asked.limit(),
                        request.query("order") == null || asked.ascending(),
                        asked.after(),
                        asked.before());
        return control.read(session -> ALL.page(session, query, AdminApiKey::of));
    }

    /** A key. */
    @GET
    @Path("/{id}")
    public Uni<AdminApiKey> retrieve(@RestPath String id) {
        return control.read(
                session ->
                        session.find(AdminKeyRow.class, ObjectKind.ADMIN_KEY.id(id))
                                .map(found -> AdminApiKey.of(existing(found, id))));
    }

    private static AdminKeyRow existing(@Nullable AdminKeyRow found, String id) {
        return ObjectKind.ADMIN_KEY.existing(found == null || found.isRevoked() ? null : found, id);
    }

    /** Revokes a key, be it the one that asks for it. */
    @DELETE
    @Path("/{id}")
    public Uni<Deleted> delete(@Context RoutingContext http, @RestPath String id) {
        return control.change(
                Administration.key(http),
                change ->
                        change.session()
                                .find(AdminKeyRow.class, ObjectKind.ADMIN_KEY.id(id))
                                .map(found -> delete(change, existing(found, id))));
    }

    private static Deleted delete(Change change, AdminKeyRow key) {
        key.revoke(change.now());
        change.accessChanged(null);
        change.audit(AuditEvents.ended("api_key.deleted", null, key.id()));
        return Deleted.of(key.id(), AdminApiKey.OBJECT);
    }
}
