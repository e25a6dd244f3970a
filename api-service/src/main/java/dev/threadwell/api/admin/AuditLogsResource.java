package dev.threadwell.api.admin;

import dev.threadwell.api.admin.store.AuditDocument;
import dev.threadwell.api.admin.store.AuditLogRow;
import dev.threadwell.api.admin.store.ControlPlane;
import dev.threadwell.api.admin.store.RowList;
import dev.threadwell.api.http.ApiRequest;
import dev.threadwell.api.validation.ObjectKind;
import dev.threadwell.wire.Json;
import dev.threadwell.wire.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.util.Map;
import org.jboss.resteasy.reactive.server.Cancellable;

/** {@code /v1/organization/audit_logs}: who changed what, the newest first. */
@Path("/v1/organization/audit_logs")
@Cancellable(false)
public class AuditLogsResource {

    private final ControlPlane control;

    @Inject
    AuditLogsResource(ControlPlane control) {
        this.control = control;
    }

    /** A page of the entries that the query asks for. */
    @GET
    public Uni<Page<Map<String, Object>>> list(@Context RoutingContext http) {
        var query = ApiRequest.of(http).page(ObjectKind.AUDIT_LOG);
        RowList<AuditLogRow> rows = AuditLogFilter.of(http.request().params());
        boolean extensions = ApiRequest.extensions(http);
        return control.read(session -> rows.page(session, query, row -> shown(row, extensions)));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> shown(AuditLogRow row, boolean extensions) {
        Map<String, Object> document = Json.read(row.document(), Map.class);
        if (!extensions) {
            document.remove(AuditDocument.BEFORE);
        }
        return document;
    }
}
