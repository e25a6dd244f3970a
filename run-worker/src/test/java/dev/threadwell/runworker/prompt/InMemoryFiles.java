package dev.threadwell.runworker.prompt;

import dev.threadwell.assistant.ToolFiles;
import dev.threadwell.persistence.file.StoredFile;
import dev.threadwell.persistence.run.RunKey;
import dev.threadwell.thread.ThreadPicture;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Files of a thread in memory, of which none belongs to a tool. */
public final class InMemoryFiles implements FileSource {

    /** By their ids. */
    public final Map<String, StoredFile> files = new HashMap<>();

    /** The ids that were asked for. */
    public final List<String> asked = new ArrayList<>();

    /** The number of checks for files that are being indexed. */
    public final AtomicInteger indexingChecks = new AtomicInteger();

    /** The pictures of every thread, oldest first. */
    public final List<ThreadPicture> pictures = new ArrayList<>();

    /** Whether the files of all runs are still being indexed. */
    public volatile boolean indexing;

    @Override
    public Uni<Map<String, StoredFile>> ofThread(String threadId, Collection<String> ids) {
        asked.addAll(ids);
        Map<String, StoredFile> found = new HashMap<>(files);
        found.keySet().retainAll(ids);
        return Uni.createFrom().item(found);
    }

    @Override
    public Uni<List<ThreadPicture>> pictures(String projectId, String threadId) {
        return Uni.createFrom().item(List.copyOf(pictures));
    }

    @Override
    public Uni<ToolFiles> ofTools(RunKey run) {
        return Uni.createFrom().item(ToolFiles.NONE);
    }

    @Override
    public Uni<Set<String>> beingIndexed(Set<String> runIds) {
        indexingChecks.incrementAndGet();
        return Uni.createFrom().item(indexing ? runIds : Set.of());
    }
}
