package dev.threadwell.api.project;

import dev.threadwell.project.Project;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** The installation's defaults for settings that a project does not set. */
@ApplicationScoped
public class ProjectSettings {

    private final boolean downloadOwnFiles;

    @Inject
    ProjectSettings(DownloadConfig config) {
        this.downloadOwnFiles = config.downloadOwn();
    }

    /** Whether clients may download what they uploaded for assistants; OpenAI does not allow it. */
    public boolean downloadOwnFiles(Project project) {
        Boolean own = project.downloadOwnFiles();
        return own == null ? downloadOwnFiles : own;
    }
}
