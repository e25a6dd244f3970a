package dev.threadwell.api.admin;

import static dev.threadwell.api.validation.Rules.filledText;
import static dev.threadwell.api.validation.Rules.object;
import static dev.threadwell.api.validation.Rules.oneOf;
import static dev.threadwell.api.validation.Rules.optional;
import static dev.threadwell.api.validation.Rules.required;

import dev.threadwell.api.admin.store.Change;
import dev.threadwell.api.admin.store.ControlPlane;
import dev.threadwell.api.admin.store.ProjectRow;
import dev.threadwell.api.admin.store.RowList;
import dev.threadwell.api.auth.ApiKeys;
import dev.threadwell.api.http.Administration;
import dev.threadwell.api.http.ApiRequest;
import dev.threadwell.api.routes.SafeToRepeat;
import dev.threadwell.api.validation.ObjectKind;
import dev.threadwell.api.validation.ObjectRule;
import dev.threadwell.run.Ids;
import dev.threadwell.wire.ApiError;
import dev.threadwell.wire.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** {@code /v1/organization/projects}: creates, reads, renames and archives projects. */
@Path("/v1/organization/projects")
@Cancellable(false)
public class ProjectsResource {

    /** The reason for all POSTs of the administration. */
    static final String NOT_KEPT = "answers are not kept, because values of keys are in them";

    static final int LONGEST_NAME = 256;

    private static final RowList<ProjectRow> ALL =
            RowList.of(ProjectRow.class, ObjectKind.PROJECT, ProjectRow::id);

    private static final ObjectRule CREATE =
            object(
                    required("name", filledText(LONGEST_NAME)),
                    optional("residency", oneOf("GLOBAL")));

    private static final ObjectRule MODIFY = object(optional("name", filledText(LONGEST_NAME)));

    private final ControlPlane control;

    @Inject
    ProjectsResource(ControlPlane control) {
        this.control = control;
    }

    /** Creates a project. */
    @POST
    @SafeToRepeat(NOT_KEPT)
    public Uni<OrganizationProject> create(@Context RoutingContext http) {
        String name = ApiRequest.of(http).body(CREATE).required("name");
        return control.change(
                Administration.key(http),
                change -> {
                    ProjectRow project = new ProjectRow(Ids.project(), name, change.now());
                    change.audit(AuditEvents.projectCreated(project));
                    return change.session()
                            .persist(project)
                            .replaceWith(() -> OrganizationProject.of(project));
                });
    }

    /** A page of the projects, archived ones only on request. */
    @GET
    public Uni<Page<OrganizationProject>> list(@Context RoutingContext http) {
        ApiRequest request = ApiRequest.of(http);
        RowList<ProjectRow> rows =
                "true".equals(request.query("include_archived"))
                        ? ALL
                        : ALL.where("r.archivedAt is null");
        var query = request.page(ObjectKind.PROJECT);
        return control.read(session -> rows.page(session, query, OrganizationProject::of));
    }

    /** A project. */
    @GET
    @Path("/{id}")
    public Uni<OrganizationProject> retrieve(@RestPath String id) {
        return control.read(session -> Projects.existing(session, id)).map(OrganizationProject::of);
    }

    /** Renames a project. */
    @POST
    @Path("/{id}")
    @SafeToRepeat(NOT_KEPT)
    public Uni<OrganizationProject> modify(@Context RoutingContext http, @RestPath String id) {
        String name = ApiRequest.of(http).body(MODIFY).text("name");
        return Projects.change(
                control,
                http,
                id,
                (change, project) -> {
                    rename(change, project, name);
                    return Uni.createFrom().item(OrganizationProject.of(project));
                });
    }

    private static void rename(Change change, ProjectRow project, @Nullable String name) {
        if (name != null) {
            String before = project.name();
            project.rename(name);
            change.audit(AuditEvents.projectUpdated(project, before));
        }
    }

    /** Archives a project for good: its keys open nothing from then on. */
    @POST
    @Path("/{id}/archive")
    @SafeToRepeat(NOT_KEPT)
    public Uni<OrganizationProject> archive(@Context RoutingContext http, @RestPath String id) {
        if (id.equals(ApiKeys.DEFAULT_PROJECT)) {
            throw ApiError.badRequest("The default project cannot be archived.").thrown();
        }
        return Projects.change(
                control,
                http,
                id,
                (change, project) -> {
                    archive(change, project);
                    return Uni.createFrom().item(OrganizationProject.of(project));
                });
    }

    private static void archive(Change change, ProjectRow project) {
        project.archive(change.now());
        change.accessChanged(project.id());
        change.audit(AuditEvents.projectArchived(project));
    }
}
