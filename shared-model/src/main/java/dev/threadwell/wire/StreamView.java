package dev.threadwell.wire;

import dev.threadwell.assistant.ToolKind;
import dev.threadwell.run.Run;
import dev.threadwell.thread.ThreadObject;
import java.util.List;
import java.util.Map;

/** Objects in the form of stream events, where it differs from REST (measured on the original). */
public final class StreamView {

    private static final Map<String, Object> NO_FILES =
            Map.of(ToolKind.CODE_INTERPRETER.name(), Map.of("file_ids", List.of()));

    private StreamView() {}

    /** A run in a stream: empty tool resources are shown as an empty list of files. */
    public static Run of(Run run) {
        return run.toolResources().isEmpty() ? run.withToolResources(NO_FILES) : run;
    }

    /** A thread in the same form, which REST uses for threads, too. */
    public static ThreadObject of(ThreadObject thread) {
        return thread.toolResources().isEmpty()
                ? new ThreadObject(
                        thread.id(),
                        thread.object(),
                        thread.createdAt(),
                        thread.metadata(),
                        NO_FILES)
                : thread;
    }
}
