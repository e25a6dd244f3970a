package dev.threadwell.api.project;

import dev.threadwell.project.Project;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The installation's defaults for settings that a project does not set. */
@ApplicationScoped
public class ProjectSettings {

    private final boolean downloadOwnFiles;

    @Inject
    public ProjectSettings(
            @ConfigProperty(name = "threadwell.files.download-own", defaultValue = "false")
                    boolean downloadOwnFiles) {
        this.downloadOwnFiles = downloadOwnFiles;
    }

    /** Whether clients may download what they uploaded for assistants; OpenAI does not allow it. */
    public boolean downloadOwnFiles(Project project) {
        Boolean own = project.downloadOwnFiles();
        return own == null ? downloadOwnFiles : own;
    }
}
