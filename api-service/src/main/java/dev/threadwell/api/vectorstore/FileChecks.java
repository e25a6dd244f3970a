package dev.threadwell.api.vectorstore;

import dev.threadwell.api.validation.ObjectKind;
import dev.threadwell.file.FileObject;
import dev.threadwell.persistence.file.FileStore;
import dev.threadwell.persistence.file.StoredFile;
import dev.threadwell.platform.settings.VisionConfig;
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
import java.util.stream.Stream;

/** Checks that the files that a request names exist and can be used. */
@ApplicationScoped
public class FileChecks {

    private static final Set<String> SEARCHABLE =
            Set.of(
                    ".c", ".cpp", ".cs", ".css", ".doc", ".docx", ".go", ".html", ".java", ".js",
                    ".json", ".md", ".pdf", ".php", ".pptx", ".py", ".rb", ".sh", ".tex", ".ts",
                    ".txt");

    private static final List<String> PICTURES = List.of(".jpeg", ".jpg", ".png", ".gif", ".webp");

    /** What is added to the original's message about pictures. */
    private static final String NO_READER =
            " Pictures need a model that reads them, and none is configured"
                    + " (threadwell.vision.model).";

    private final FileStore files;
    private final boolean readsPictures;

    @Inject
    public FileChecks(FileStore files, VisionConfig vision) {
        this.files = files;
        this.readsPictures = vision.model().isPresent();
    }

    /** Fails unless all files exist. */
    public Uni<Void> exist(String project, Collection<String> ids) {
        return ids.isEmpty() ? Uni.createFrom().voidItem() : found(project, ids).replaceWithVoid();
    }

    /** Returns those that can be searched, by their extensions; fails unless all files exist. */
    public Uni<Set<String>> searchableOf(String project, Collection<String> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().item(Set.of())
                : found(project, ids).map(this::searchableOf);
    }

    private Set<String> searchableOf(Map<String, StoredFile> files) {
        return files.values().stream()
                .map(StoredFile::file)
                .filter(file -> isSearchable(extension(file.filename())))
                .map(FileObject::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Texts can be searched, and pictures where a model reads them. */
    private boolean isSearchable(String extension) {
        return SEARCHABLE.contains(extension) || (readsPictures && PICTURES.contains(extension));
    }

    /** Fails unless all files exist and can be searched, by their extensions. */
    public Uni<Void> searchable(String project, Collection<String> ids) {
        return usable(project, ids, ids, List.of());
    }

    /**
     * Fails if one of those of these files that exist is a picture that cannot be searched, because
     * no model reads pictures.
     */
    public Uni<Void> noUnreadPictures(String project, Collection<String> ids) {
        return readsPictures || ids.isEmpty()
                ? Uni.createFrom().voidItem()
                : files.all(project, ids)
                        .map(found -> extensions(found, found.keySet()))
                        .invoke(all -> mustBeSearchable(all.filter(PICTURES::contains)))
                        .replaceWithVoid();
    }

    /**
     * Fails unless all files exist, those to be searched have extensions that can be, and those to
     * be viewed have extensions of image formats.
     */
    public Uni<Void> usable(
            String project,
            Collection<String> ids,
            Collection<String> searched,
            Collection<String> pictures) {
        return ids.isEmpty()
                ? Uni.createFrom().voidItem()
                : found(project, ids)
                        .invoke(found -> mustBePictures(extensions(found, pictures)))
                        .invoke(found -> mustBeSearchable(extensions(found, searched)))
                        .replaceWithVoid();
    }

    private Uni<Map<String, StoredFile>> found(String project, Collection<String> ids) {
        ids.stream()
                .filter(id -> !ObjectKind.isConceivable(id))
                .findFirst()
                .ifPresent(FileChecks::none);
        return files.all(project, ids)
                .invoke(
                        found ->
                                ids.stream()
                                        .filter(id -> !found.containsKey(id))
                                        .findFirst()
                                        .ifPresent(FileChecks::none));
    }

    private static void none(String id) {
        throw ObjectKind.FILE.notFound(id);
    }

    private static Stream<String> extensions(
            Map<String, StoredFile> found, Collection<String> ids) {
        return ids.stream().map(found::get).map(stored -> extension(stored.file().filename()));
    }

    private void mustBeSearchable(Stream<String> extensions) {
        List<String> others =
                extensions
                        .filter(extension -> !isSearchable(extension))
                        .distinct()
                        .sorted()
                        .toList();
        if (!others.isEmpty()) {
            throw ApiError.badRequest(
                            ("Files with extensions [%s] are not supported for retrieval. See"
                                                    + " https://platform.openai.com/docs/assistants/tools/file-search/supported-files")
                                            .formatted(String.join(", ", others))
                                    + (others.stream().anyMatch(PICTURES::contains)
                                            ? NO_READER
                                            : ""),
                            "file_ids",
                            "unsupported_file")
                    .thrown();
        }
    }

    private static void mustBePictures(Stream<String> extensions) {
        extensions
                .filter(extension -> !PICTURES.contains(extension))
                .findFirst()
                .ifPresent(
                        other -> {
                            throw ApiError.badRequest(
                                            ("Invalid message content: Expected file type to be a"
                                                            + " supported format: %s but got %s.")
                                                    .formatted(String.join(", ", PICTURES), other))
                                    .thrown();
                        });
    }

    /**
     * A name with a NUL character counts as one without extension, because PostgreSQL cannot store
     * it in a text column.
     */
    private static String extension(String filename) {
        int dot = filename.indexOf('\0') < 0 ? filename.lastIndexOf('.') : -1;
        return dot < 0 ? "none" : filename.substring(dot).toLowerCase(Locale.ROOT);
    }
}
