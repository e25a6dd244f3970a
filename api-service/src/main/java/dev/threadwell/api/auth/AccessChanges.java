package dev.threadwell.api.auth;

import dev.threadwell.topic.AccessChanged;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Makes this node forget what it remembers of keys that have changed, so that the next request with
 * one of them asks the database.
 */
@ApplicationScoped
public class AccessChanges {

    private final ApiKeys projects;
    private final AdminKeys admins;

    @Inject
    AccessChanges(ApiKeys projects, AdminKeys admins) {
        this.projects = projects;
        this.admins = admins;
    }

    /** Applies a change; a second time does no harm. */
    public void apply(AccessChanged change) {
        String project = change.projectId();
        if (project == null) {
            admins.forget();
        } else {
            projects.forget(project);
        }
    }
}
