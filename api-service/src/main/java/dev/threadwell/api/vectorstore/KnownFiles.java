package dev.threadwell.api.vectorstore;

import dev.threadwell.api.http.Kind;
import dev.threadwell.file.FileObject;
import dev.threadwell.store.FileStore;
import dev.threadwell.store.StoredFile;
import dev.threadwell.wire.ApiError;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Says of files that a request names whether there are such, and whether they can be searched. */
@ApplicationScoped
public class KnownFiles {

    private static final Set<String> SEARCHABLE =
            Set.of(
                    ".c", ".cpp", ".cs", ".css", ".doc", ".docx", ".go", ".html", ".java", ".js",
                    ".json", ".md", ".pdf", ".php", ".pptx", ".py", ".rb", ".sh", ".tex", ".ts",
                    ".txt");

    private final FileStore files;

    @Inject
    public KnownFiles(FileStore files) {
        this.files = files;
    }

    /** Fails unless all of them exist. */
    public Uni<Void> exist(String project, Collection<String> ids) {
        return ids.isEmpty() ? Uni.createFrom().voidItem() : found(project, ids).replaceWithVoid();
    }

    /** Those of them that have extensions of texts; fails unless all of them exist. */
    public Uni<Set<String>> texts(String project, Collection<String> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().item(Set.of())
                : found(project, ids).map(KnownFiles::texts);
    }

    private static Set<String> texts(Map<String, StoredFile> files) {
        return files.values().stream()
                .map(StoredFile::file)
                .filter(file -> SEARCHABLE.contains(extension(file.filename())))
                .map(FileObject::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Fails unless all of them exist and have extensions of texts. */
    public Uni<Void> searchable(String project, Collection<String> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().voidItem()
                : found(project, ids).invoke(KnownFiles::mustBeSearchable).replaceWithVoid();
    }

    private Uni<Map<String, StoredFile>> found(String project, Collection<String> ids) {
        ids.stream().filter(id -> !Kind.isConceivable(id)).findFirst().ifPresent(KnownFiles::none);
        return files.all(project, ids)
                .invoke(
                        found ->
                                ids.stream()
                                        .filter(id -> !found.containsKey(id))
                                        .findFirst()
                                        .ifPresent(KnownFiles::none));
    }

    private static void none(String id) {
        throw Kind.FILE.notFound(id);
    }

    private static void mustBeSearchable(Map<String, StoredFile> files) {
        List<String> others =
                files.values().stream()
                        .map(file -> extension(file.file().filename()))
                        .filter(extension -> !SEARCHABLE.contains(extension))
                        .distinct()
                        .sorted()
                        .toList();
        if (!others.isEmpty()) {
            throw ApiError.badRequest(
                            ("Files with extensions [%s] are not supported for retrieval. See"
                                            + " https://platform.openai.com/docs/assistants/tools/file-search/supported-files")
                                    .formatted(String.join(", ", others)),
                            "file_ids",
                            "unsupported_file")
                    .thrown();
        }
    }

    /** A name with a zero character cannot be kept in a column. */
    private static String extension(String filename) {
        int dot = filename.indexOf('\0') < 0 ? filename.lastIndexOf('.') : -1;
        return dot < 0 ? "none" : filename.substring(dot).toLowerCase(Locale.ROOT);
    }
}
