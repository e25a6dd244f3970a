package dev.threadwell.assistant;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parsed tool resources of an assistant, a thread or a run.
 *
 * @param codeFiles the code interpreter's file ids; null if the resources do not mention the code
 *     interpreter
 * @param storeIds the vector store ids; null if the resources do not mention file search
 */
public record ToolFiles(@Nullable List<String> codeFiles, @Nullable List<String> storeIds) {

    /** Resources that mention no tool. */
    public static final ToolFiles NONE = new ToolFiles(null, null);

    /** The maximum number of files of the code interpreter. */
    public static final int MAX_FILES = 20;

    private static final String CODE_INTERPRETER = ToolKind.CODE_INTERPRETER.name();
    private static final String FILE_IDS = "file_ids";
    private static final String FILE_SEARCH = ToolKind.FILE_SEARCH.name();
    private static final String STORE_IDS = "vector_store_ids";

    /** Parses resources from the form that the API shows. */
    public static ToolFiles of(Map<String, Object> resources) {
        return new ToolFiles(
                ids(resources.get(CODE_INTERPRETER), FILE_IDS),
                ids(resources.get(FILE_SEARCH), STORE_IDS));
    }

    private static @Nullable List<String> ids(@Nullable Object tool, String key) {
        if (!(tool instanceof Map<?, ?> said)) {
            return null;
        }
        return said.get(key) instanceof List<?> ids
                ? ids.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** These resources in the form that the API shows. */
    public Map<String, Object> resources() {
        Map<String, Object> resources = new LinkedHashMap<>();
        if (codeFiles != null) {
            resources.put(CODE_INTERPRETER, Map.of(FILE_IDS, codeFiles));
        }
        if (storeIds != null) {
            resources.put(FILE_SEARCH, Map.of(STORE_IDS, storeIds));
        }
        return resources;
    }

    /** The vector stores, if there are any. */
    public List<String> stores() {
        return storeIds == null ? List.of() : storeIds;
    }

    /** The vector store, of which there is at most one; null if there is none. */
    public @Nullable String store() {
        return stores().isEmpty() ? null : stores().getFirst();
    }

    /** These resources with more files for the code interpreter. */
    public ToolFiles withCodeFiles(Collection<String> more) {
        Set<String> files = new LinkedHashSet<>(codeFiles == null ? List.of() : codeFiles);
        files.addAll(more);
        return new ToolFiles(List.copyOf(files), storeIds);
    }

    /** These resources with other stores. */
    public ToolFiles withStores(Collection<String> ids) {
        return new ToolFiles(codeFiles, new ArrayList<>(ids));
    }
}
