package dev.threadwell.runworker.prompt;

import dev.threadwell.assistant.Tool;
import dev.threadwell.persistence.file.StoredFile;
import dev.threadwell.persistence.run.RunRow;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists the files that a run's code can open, for the prompt. */
@ApplicationScoped
public class CodeFiles {

    private final FileSource files;

    @Inject
    public CodeFiles(FileSource files) {
        this.files = files;
    }

    /** The files' names by id; empty for a run without a code interpreter. */
    public Uni<Map<String, String>> of(RunRow row) {
        if (row.run().tools().stream().noneMatch(Tool.CodeInterpreter.class::isInstance)) {
            return Uni.createFrom().item(Map.of());
        }
        return files.ofTools(row.key())
                .chain(
                        found ->
                                named(
                                        row.run().threadId(),
                                        found.codeFiles() == null ? List.of() : found.codeFiles()));
    }

    private Uni<Map<String, String>> named(String threadId, List<String> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : files.ofThread(threadId, ids).map(found -> names(ids, found));
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
