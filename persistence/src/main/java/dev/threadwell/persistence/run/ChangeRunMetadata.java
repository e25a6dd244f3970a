package dev.threadwell.persistence.run;

import dev.threadwell.run.RunEvent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives a run that has ended other metadata.
 *
 * @param metadata null keeps the present ones
 */
public record ChangeRunMetadata(@Nullable Map<String, String> metadata) implements RunCommand {

    @Override
    public RunEvent event(RunRow found) {
        return new RunEvent.MetadataChanged(metadata == null ? found.run().metadata() : metadata);
    }
}
