package dev.threadwell.persistence.run;

import dev.threadwell.run.RunEvent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Changes the metadata of a run that has ended.
 *
 * @param metadata null keeps the present metadata
 */
public record ChangeRunMetadata(@Nullable Map<String, String> metadata) implements RunCommand {

    @Override
    public RunEvent event(RunRow found) {
        return new RunEvent.MetadataChanged(metadata == null ? found.run().metadata() : metadata);
    }
}
