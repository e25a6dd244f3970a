package dev.threadwell.api.admin;

import dev.threadwell.api.admin.store.Change;
import dev.threadwell.api.admin.store.ControlPlane;
import dev.threadwell.api.admin.store.ProjectRow;
import dev.threadwell.api.http.Administration;
import dev.threadwell.api.validation.ObjectKind;
import dev.threadwell.wire.ApiError;
import dev.threadwell.wire.ApiException;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.persistence.LockModeType;
import java.util.function.BiFunction;
import org.hibernate.reactive.mutiny.Mutiny;

/** Finds the project that a path names, and makes changes within it. */
final class Projects {

    private Projects() {}

    /** The project; fails with the 404 if it does not exist. */
    static Uni<ProjectRow> existing(Mutiny.Session session, String id) {
        return session.find(ProjectRow.class, ObjectKind.PROJECT.id(id))
                .map(found -> ObjectKind.PROJECT.existing(found, id));
    }

    /** The same for an active one; fails with the original's 400 if it is archived. */
    static Uni<ProjectRow> active(Mutiny.Session session, String id) {
        return existing(session, id).invoke(Projects::mustBeActive);
    }

    /**
     * The active project, locked until the transaction ends, so that it is not archived while
     * something is added to it.
     */
    private static Uni<ProjectRow> locked(Mutiny.Session session, String id) {
        return session.find(
                        ProjectRow.class, ObjectKind.PROJECT.id(id), LockModeType.PESSIMISTIC_WRITE)
                .map(found -> ObjectKind.PROJECT.existing(found, id))
                .invoke(Projects::mustBeActive);
    }

    /** A change of what belongs to an active project, which is locked until it is made. */
    static <T> Uni<T> change(
            ControlPlane control,
            RoutingContext http,
            String id,
            BiFunction<Change, ProjectRow, Uni<T>> within) {
        return control.change(
                Administration.key(http),
                change ->
                        locked(change.session(), id)
                                .chain(project -> within.apply(change, project)));
    }

    private static void mustBeActive(ProjectRow project) {
        if (project.isArchived()) {
            throw archived(project.id());
        }
    }

    private static ApiException archived(String id) {
        return ApiError.badRequest(
                        "Project '%s' is archived. You can only update an active project."
                                .formatted(id),
                        null,
                        "project_archived")
                .thrown();
    }
}
