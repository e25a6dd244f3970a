package dev.threadwell.run;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of a call that the system executed. */
public sealed interface ToolOutput {

    /** This output, cut to what a fact, a step and an event of a stream can carry. */
    default ToolOutput capped() {
        return Capped.of(this);
    }

    /** A text: what a function answered, or what the model is told in place of a result. */
    record Text(String output) implements ToolOutput {}

    /**
     * What code put out.
     *
     * @param outputs {@code logs} and {@code image} objects as a step shows them, in their order
     * @param files that the code left behind, besides the pictures among its outputs
     * @param note what only the model is told, e.g. that its variables are gone
     */
    record Code(List<Map<String, Object>> outputs, List<MadeFile> files, @Nullable String note)
            implements ToolOutput {}

    /**
     * What a search found.
     *
     * @param rankingOptions as a step shows them
     * @param results as a step shows them, with their {@code content}, the best first
     */
    record Found(Map<String, Object> rankingOptions, List<Map<String, Object>> results)
            implements ToolOutput {}

    /** The call cannot be answered, and its run ends with this error. */
    record Failed(RunError error) implements ToolOutput {}

    /** A file object made of what code wrote to {@code path}, e.g. {@code /mnt/data/a.csv}. */
    record MadeFile(String path, String fileId) {}
}
