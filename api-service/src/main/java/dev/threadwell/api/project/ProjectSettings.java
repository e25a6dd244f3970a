package dev.threadwell.api.project;

import dev.threadwell.project.Project;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** What the installation has for projects that do not say otherwise. */
@ApplicationScoped
public class ProjectSettings {

    private final boolean downloadOwnFiles;

    @Inject
    ProjectSettings(DownloadConfig config) {
        this.downloadOwnFiles = config.downloadOwn();
    }

    /** Whether clients get back what they uploaded for assistants; the original refuses. */
    public boolean downloadOwnFiles(Project project) {
        Boolean own = project.downloadOwnFiles();
        return own == null ? downloadOwnFiles : own;
    }
}
