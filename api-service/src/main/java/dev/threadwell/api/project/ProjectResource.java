package dev.threadwell.api.project;

import static dev.threadwell.api.validation.Rules.flag;
import static dev.threadwell.api.validation.Rules.object;
import static dev.threadwell.api.validation.Rules.oneOf;
import static dev.threadwell.api.validation.Rules.optional;

import dev.threadwell.api.auth.ApiKeys;
import dev.threadwell.api.http.ApiRequest;
import dev.threadwell.api.routes.SafeToRepeat;
import dev.threadwell.api.validation.Body;
import dev.threadwell.api.validation.ObjectRule;
import dev.threadwell.persistence.project.ProjectStore;
import dev.threadwell.persistence.project.ProjectStore.Change;
import dev.threadwell.project.BusyThread;
import dev.threadwell.project.Project;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import org.jboss.resteasy.reactive.server.Cancellable;

/** {@code /v1/threadwell/project}: the settings of the API key's project. */
@Path("/v1/threadwell/project")
@Cancellable(false)
public class ProjectResource {

    private static final String BUSY_THREAD = "busy_thread";
    private static final String DOWNLOAD_OWN_FILES = "download_own_files";

    private static final String EVENT_IDS = "event_ids";

    private static final ObjectRule MODIFY =
            object(
                    optional(BUSY_THREAD, oneOf(BusyThread.names().toArray(String[]::new))),
                    optional(DOWNLOAD_OWN_FILES, flag()),
                    optional(EVENT_IDS, flag()));

    private final ProjectStore projects;
    private final ProjectSettings settings;
    private final ApiKeys keys;

    @Inject
    ProjectResource(ProjectStore projects, ProjectSettings settings, ApiKeys keys) {
        this.projects = projects;
        this.settings = settings;
        this.keys = keys;
    }

    /** The project with its effective settings. */
    @GET
    public Uni<ProjectObject> retrieve(@Context RoutingContext http) {
        return projects.find(ApiRequest.of(http).project()).map(this::shown);
    }

    /** Changes the given settings; null restores the default. */
    @POST
    @SafeToRepeat("the same settings are set again")
    public Uni<ProjectObject> modify(@Context RoutingContext http) {
        ApiRequest request = ApiRequest.of(http);
        Body body = request.body(MODIFY);
        String policy = body.text(BUSY_THREAD);
        return projects.change(
                        request.project(),
                        new Change<>(
                                body.gives(BUSY_THREAD),
                                policy == null ? null : BusyThread.named(policy)),
                        flagged(body, DOWNLOAD_OWN_FILES),
                        flagged(body, EVENT_IDS))
                .invoke(changed -> keys.forget(changed.id()))
                .map(this::shown);
    }

    private static Change<Boolean> flagged(Body body, String name) {
        return new Change<>(
                body.gives(name), body.has(name) ? Boolean.valueOf(body.flag(name, false)) : null);
    }

    private ProjectObject shown(Project project) {
        return ProjectObject.of(
                project.id(),
                project.busyThread(),
                settings.downloadOwnFiles(project),
                project.eventIds());
    }
}
