package dev.threadwell.runworker.hold;

import dev.threadwell.assistant.Tool;
import dev.threadwell.store.FileStore;
import dev.threadwell.store.RunFiles;
import dev.threadwell.store.RunRow;
import dev.threadwell.store.StoredFile;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files that a run's code can open, so that its model knows of them. */
@ApplicationScoped
public class CodeFiles {

    private final RunFiles resources;
    private final FileStore files;

    @Inject
    public CodeFiles(RunFiles resources, FileStore files) {
        this.resources = resources;
        this.files = files;
    }

    /** Their names by their ids; none if the run executes no code. */
    public Uni<Map<String, String>> of(RunRow row) {
        if (row.run().tools().stream().noneMatch(Tool.CodeInterpreter.class::isInstance)) {
            return Uni.createFrom().item(Map.of());
        }
        return resources
                .of(row.key())
                .chain(
                        found ->
                                named(
                                        row.run().threadId(),
                                        found.codeFiles() == null ? List.of() : found.codeFiles()));
    }

    private Uni<Map<String, String>> named(String threadId, List<String> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : files.allForThread(threadId, ids).map(found -> names(ids, found));
    }

    private static Map<String, String> names(List<String> ids, Map<String, StoredFile> found) {
        Map<String, String> names = new LinkedHashMap<>();
        for (String id : ids) {
            StoredFile stored = found.get(id);
            if (stored != null) {
                names.put(id, stored.file().filename());
            }
        }
        return names;
    }
}
