package dev.threadwell.api.auth;

import java.util.Map;
import java.util.Set;

/** The scope that a key needs for a request, from the request's method and path alone. */
public final class NeededScope {

    private static final String VERSION = "/v1/";
    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final String READ = ".read";
    private static final String WRITE = ".write";
    private static final String SEARCH = "/search";

    /** What begins with these segments; all else is for keys without restriction. */
    private static final Map<String, String> AREAS =
            Map.of(
                    "assistants", "api.assistants",
                    "threads", "api.threads",
                    "files", "api.files",
                    "uploads", "api.files",
                    "vector_stores", "api.vector_stores",
                    "models", "api.model");

    private static final String ANY_OTHER = "api.all";

    private NeededScope() {}

    /** The scope for a request to a project's API. */
    public static String of(String method, String path) {
        String area = AREAS.getOrDefault(segment(path), ANY_OTHER);
        return area + (reads(method, path) ? READ : WRITE);
    }

    /** The scope for a request to the administration. */
    public static String ofAdministration(String method) {
        return "api.management" + (READING.contains(method) ? READ : WRITE);
    }

    /** A search in a vector store is a POST that changes nothing. */
    private static boolean reads(String method, String path) {
        return READING.contains(method)
                || (path.startsWith(VERSION + "vector_stores/") && path.endsWith(SEARCH));
    }

    private static String segment(String path) {
        if (!path.startsWith(VERSION)) {
            return "";
        }
        int end = path.indexOf('/', VERSION.length());
        return end < 0 ? path.substring(VERSION.length()) : path.substring(VERSION.length(), end);
    }
}
