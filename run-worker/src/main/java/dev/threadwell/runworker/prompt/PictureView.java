package dev.threadwell.runworker.prompt;

import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.platform.settings.ModelConfig;
import dev.threadwell.run.Run;
import dev.threadwell.runworker.turn.PictureNames;
import dev.threadwell.runworker.turn.tool.BuiltInTools;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** Decides whether a run's model sees pictures, and which names of pictures it is told. */
@ApplicationScoped
public class PictureView {

    private final FileSource files;
    private final List<String> textOnly;

    @Inject
    public PictureView(FileSource files, ModelConfig config) {
        this(files, config.textOnly().orElse(List.of()));
    }

    public PictureView(FileSource files, List<String> textOnly) {
        this.files = files;
        this.textOnly = textOnly;
    }

    /** Whether this model sees pictures. */
    boolean isSeenBy(String model) {
        return textOnly.stream().noneMatch(model::startsWith);
    }

    /** The names of the thread's pictures; none if no tool of the run takes them. */
    Uni<PictureNames> names(RunRow row) {
        Run run = row.run();
        return run.tools().stream().noneMatch(tool -> BuiltInTools.ALL.takesPictures(tool.kind()))
                ? Uni.createFrom().item(PictureNames.NONE)
                : files.pictures(row.projectId(), run.threadId()).map(PictureNames::of);
    }
}
