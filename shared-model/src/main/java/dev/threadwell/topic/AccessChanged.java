package dev.threadwell.topic;

import org.jspecify.annotations.Nullable;

/**
 * Keys were made, changed or revoked, or a project was archived. Every API node forgets what it
 * remembers of them.
 *
 * @param projectId the project whose keys are concerned; null for the keys of the administration
 */
public record AccessChanged(@Nullable String projectId) {

    private static final String ADMINISTRATION = "organization";

    /** The key of the record: the facts about one project are in order. */
    public String key() {
        return projectId == null ? ADMINISTRATION : projectId;
    }
}
