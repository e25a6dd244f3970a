package dev.threadwell.run;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of a call that the system executed. */
public sealed interface ToolOutput {

    /** This output, cut to what a fact, a step and an event of a stream can carry. */
    default ToolOutput capped() {
        return ToolOutputLimit.of(this);
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

    /**
     * What came of a call of a tool that needs no type of its own here.
     *
     * @param details members that it adds to the call as clients see it
     * @param text what the model is told
     * @param files that it made; the model can link to them by {@code sandbox:} and their path
     * @param images the ids of the files that the run's next message shows in front of its text
     */
    record Result(
            Map<String, Object> details, String text, List<MadeFile> files, List<String> images)
            implements ToolOutput {

        /** A text for the model alone. */
        public static Result of(String text) {
            return new Result(Map.of(), text, List.of(), List.of());
        }
    }

    /** The call cannot be answered, and its run ends with this error. */
    record Failed(RunError error) implements ToolOutput {}

    /** A file object made of what a tool wrote to {@code path}, e.g. {@code /mnt/data/a.csv}. */
    record MadeFile(String path, String fileId) {}
}
