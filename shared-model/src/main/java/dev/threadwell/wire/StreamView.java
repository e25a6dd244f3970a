package dev.threadwell.wire;

import dev.threadwell.assistant.Tool;
import dev.threadwell.assistant.ToolKind;
import dev.threadwell.run.Run;
import dev.threadwell.thread.ThreadObject;
import java.util.List;
import java.util.Map;

/** How objects look in a stream where that differs from REST (measured on the original). */
public final class StreamView {

    private static final Map<String, Object> NO_FILES =
            Map.of(ToolKind.CODE_INTERPRETER.name(), Map.of("file_ids", List.of()));

    private StreamView() {}

    /** A run: empty tool resources show an empty list of files; what is bound is not shown. */
    public static Run of(Run run) {
        Run shown = run.withTools(Tool.shown(run.tools(), false));
        return shown.toolResources().isEmpty() ? shown.withToolResources(NO_FILES) : shown;
    }

    /** A thread, likewise; a plain GET shows it so too. */
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
