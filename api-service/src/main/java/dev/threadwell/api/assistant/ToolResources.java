package dev.threadwell.api.assistant;

import static dev.threadwell.api.validation.Rules.listOf;
import static dev.threadwell.api.validation.Rules.object;
import static dev.threadwell.api.validation.Rules.optional;
import static dev.threadwell.api.validation.Rules.text;

import dev.threadwell.api.validation.Body;
import dev.threadwell.api.validation.ObjectRule;
import dev.threadwell.api.validation.ObjectRule.Field;
import dev.threadwell.api.validation.ValidationErrors;
import dev.threadwell.api.vectorstore.FileChecks;
import dev.threadwell.api.vectorstore.StoreRequest;
import dev.threadwell.api.vectorstore.VectorStores;
import dev.threadwell.assistant.ToolFiles;
import dev.threadwell.assistant.ToolKind;
import dev.threadwell.vectorstore.VectorStore;
import dev.threadwell.vectorstore.VectorStore.ExpiresAfter;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The validation rules of {@code tool_resources}, and the creation of the vector stores in it. */
@ApplicationScoped
public class ToolResources {

    private static final String CODE_INTERPRETER = ToolKind.CODE_INTERPRETER.name();
    private static final String FILE_SEARCH = ToolKind.FILE_SEARCH.name();
    private static final String STORES = "vector_stores";

    private static final Field STORE_IDS =
            optional("vector_store_ids", listOf("strings", 0, 1, text()));

    /** The parameter {@code tool_resources} where it may refer to existing vector stores only. */
    public static final ObjectRule EXISTING = rule(STORE_IDS);

    /** The same where it may also create a vector store. */
    public static final ObjectRule NEW =
            rule(STORE_IDS, optional(STORES, listOf("objects", 0, 1, StoreRequest.INLINE)));

    private final FileChecks files;
    private final VectorStores stores;

    @Inject
    ToolResources(FileChecks files, VectorStores stores) {
        this.files = files;
        this.stores = stores;
    }

    private static ObjectRule rule(Field... search) {
        return object(
                optional(
                        CODE_INTERPRETER,
                        object(
                                optional(
                                        "file_ids",
                                        listOf("strings", 0, ToolFiles.MAX_FILES, text())))),
                optional(FILE_SEARCH, object(search)));
    }

    /**
     * The resources that a valid request names; fails unless all of them exist.
     *
     * @param expiry the expiration of a vector store that is created; null for none
     */
    public Uni<ToolFiles> of(String project, @Nullable Body given, @Nullable ExpiresAfter expiry) {
        Body code = given == null ? null : given.object(CODE_INTERPRETER);
        Body search = given == null ? null : given.object(FILE_SEARCH);
        List<String> fileIds = code == null ? List.of() : code.strings("file_ids");
        ToolFiles named = code == null ? ToolFiles.NONE : ToolFiles.NONE.withCodeFiles(fileIds);
        Uni<Void> known = files.exist(project, fileIds);
        return search == null
                ? known.replaceWith(named)
                : known.chain(() -> storeIds(project, search, expiry)).map(named::withStores);
    }

    private Uni<List<String>> storeIds(String project, Body search, @Nullable ExpiresAfter expiry) {
        List<String> ids = search.strings("vector_store_ids");
        List<Body> inline = search.objects(STORES);
        if (!ids.isEmpty() && !inline.isEmpty()) {
            throw ValidationErrors.exclusive(
                    "tool_resources.file_search.vector_store_ids",
                    "tool_resources.file_search.vector_stores");
        }
        return inline.isEmpty()
                ? stores.exist(project, ids).replaceWith(ids)
                : stores.create(project, inline.getFirst(), expiry)
                        .map(VectorStore::id)
                        .map(List::of);
    }
}
