package dev.threadwell.run;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The output of a call that the system executed. */
public sealed interface ToolOutput {

    /**
     * This output, truncated to the size that an outbox message, a step and a stream event can
     * carry.
     */
    default ToolOutput capped() {
        return ToolOutputLimit.of(this);
    }

    /** A text: the output of a function, or a text for the model instead of a result. */
    record Text(String output) implements ToolOutput {}

    /**
     * The output of code.
     *
     * @param outputs {@code logs} and {@code image} objects as a step shows them, in order
     * @param files the files that the code has created, besides the images among its outputs
     * @param note a text only for the model, e.g. that its variables are lost
     */
    record Code(List<Map<String, Object>> outputs, List<MadeFile> files, @Nullable String note)
            implements ToolOutput {}

    /**
     * The results of a search.
     *
     * @param rankingOptions as a step shows them
     * @param results the results as a step shows them, with their {@code content}, best first
     */
    record Found(Map<String, Object> rankingOptions, List<Map<String, Object>> results)
            implements ToolOutput {}

    /**
     * The output of a tool without a type of its own.
     *
     * @param details members that are added to the call as clients see it
     * @param text the text for the model
     * @param files the files that the tool has created; the model can link to them with {@code
     *     sandbox:} and their path
     * @param images the file ids of images that the run's next message shows before its text
     */
    record Result(
            Map<String, Object> details, String text, List<MadeFile> files, List<String> images)
            implements ToolOutput {

        /** A text only for the model. */
        public static Result of(String text) {
            return new Result(Map.of(), text, List.of(), List.of());
        }
    }

    /** The call cannot be answered, and the run fails with this error. */
    record Failed(RunError error) implements ToolOutput {}

    /**
     * A file object with the content that a tool wrote to {@code path}, e.g. {@code
     * /mnt/data/a.csv}.
     */
    record MadeFile(String path, String fileId) {}
}
