package dev.threadwell.runworker.prompt;

import dev.threadwell.assistant.ToolFiles;
import dev.threadwell.persistence.file.StoredFile;
import dev.threadwell.persistence.run.RunKey;
import dev.threadwell.thread.ThreadPicture;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads which files a run can use. */
public interface FileSource {

    /** Those of these files that exist in the thread's project, by id. */
    Uni<Map<String, StoredFile>> ofThread(String threadId, Collection<String> ids);

    /** The pictures of a thread, oldest first. */
    Uni<List<ThreadPicture>> pictures(String projectId, String threadId);

    /** The files that the tools of a run can use. */
    Uni<ToolFiles> ofTools(RunKey run);

    /** The ids of those of these runs whose files are still being indexed. */
    Uni<Set<String>> beingIndexed(Set<String> runIds);
}
