package dev.threadwell.api.http;

import com.fasterxml.jackson.databind.node.LongNode;
import dev.threadwell.api.multipart.FormReader;
import dev.threadwell.api.multipart.MultipartForm;
import dev.threadwell.api.routes.Route;
import dev.threadwell.api.validation.Body;
import dev.threadwell.api.validation.ObjectKind;
import dev.threadwell.api.validation.ObjectRule;
import dev.threadwell.api.validation.Rule;
import dev.threadwell.api.validation.Rules;
import dev.threadwell.api.validation.ValidationErrors;
import dev.threadwell.persistence.database.ListQuery;
import dev.threadwell.project.Project;
import dev.threadwell.wire.ApiError;
import dev.threadwell.wire.ApiException;
import dev.threadwell.wire.PublicJson;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An authenticated request with its project, its API version and its body.
 *
 * @param owner the project of the API key, with its settings
 * @param wire the API version that the request uses
 */
public record ApiRequest(RoutingContext http, Project owner, WireVersion wire, Buffer body) {

    private static final String KEY = "threadwell.request";
    private static final String EXTENSIONS = "Threadwell-Extensions";
    private static final String FORM = "multipart/form-data";
    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 100;
    private static final List<String> INCLUDES =
            List.of("step_details.tool_calls[*].file_search.results[*].content");
    private static final List<String> ORDERS = List.of("asc", "desc");

    /** The API request of an HTTP request that the entry has admitted. */
    public static ApiRequest of(RoutingContext http) {
        return Objects.requireNonNull(
                http.get(KEY), "the HTTP entry has not admitted this request");
    }

    /** The id of the project of the key. */
    public String project() {
        return owner.id();
    }

    /** Whether the client asks for the fields that the original API does not have. */
    public static boolean extensions(RoutingContext http) {
        return "true".equalsIgnoreCase(http.request().getHeader(EXTENSIONS));
    }

    /** Whether the client is shown the bindings of functions. */
    public static PublicJson.Bindings bindings(RoutingContext http) {
        return extensions(http) ? PublicJson.Bindings.SHOWN : PublicJson.Bindings.HIDDEN;
    }

    /** Whether the HTTP entry has passed the request on to the resources. */
    public static boolean isAdmitted(RoutingContext http) {
        return http.get(KEY) != null;
    }

    public void admit() {
        http.put(KEY, this);
    }

    public ApiRequest with(Buffer whole) {
        return new ApiRequest(http, owner, wire, whole);
    }

    /**
     * Whether the body is a multipart form. The Content-Type header counts only on routes that take
     * forms and is ignored on all others.
     */
    static boolean isForm(RoutingContext http) {
        String type = http.request().getHeader(HttpHeaders.CONTENT_TYPE);
        return type != null
                && type.toLowerCase(Locale.ROOT).startsWith(FORM)
                && Route.of(http).takesForm();
    }

    /** Whether the resource streams the body itself. */
    public static boolean isStreamed(RoutingContext http) {
        return isForm(http) || Route.of(http).streamsBody();
    }

    /** The body of a request that is streamed, with back-pressure. */
    public Multi<Buffer> pieces() {
        return new PausedBody(http.request()).all();
    }

    /**
     * Reads the body as a multipart form.
     *
     * @param fileField the field whose bytes are stored
     * @param keep stores the bytes while they arrive
     * @param discard deletes them again if the form fails later
     */
    public <T> Uni<MultipartForm<T>> form(
            String fileField,
            Function<Multi<Buffer>, Uni<T>> keep,
            Function<T, Uni<Void>> discard) {
        if (!isForm(http)) {
            String type = http.request().getHeader(HttpHeaders.CONTENT_TYPE);
            throw ApiError.badRequest(
                            ("Invalid Content-Type header (%s), expected multipart/form-data. (HINT:"
                                            + " If you're using curl, you can pass -H 'Content-Type:"
                                            + " multipart/form-data')")
                                    .formatted(type == null ? "" : type))
                    .thrown();
        }
        return new FormReader<>(http.request(), fileField, keep, discard).read();
    }

    /** The id for a new object of this request; a later attempt gets the id of the first one. */
    public String newId(ObjectKind kind) {
        return PreassignedIds.next(http, kind);
    }

    /** Chooses the ids of the next new objects of a kind before the objects exist. */
    public List<String> preassign(ObjectKind kind, int count) {
        List<String> ids = Stream.generate(() -> newId(kind)).limit(count).toList();
        PreassignedIds.keep(http, kind, ids);
        return ids;
    }

    /** The path without trailing slashes. */
    public String path() {
        return http.normalizedPath().replaceAll("/+$", "");
    }

    /** The 404 for an unknown path. */
    public ApiException noSuchUrl() {
        return ResponseHeaders.noSuchUrl(http).thrown();
    }

    /** The body, parsed and validated. */
    public Body body(ObjectRule rule) {
        return Body.read(body.getBytes(), rule);
    }

    /** A query parameter; null if it is absent or empty. */
    public @Nullable String query(String name) {
        String value = http.request().getParam(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** Whether the steps in the answer include the contents of file search results. */
    public boolean includesContents() {
        List<String> wanted = new ArrayList<>(http.request().params().getAll("include[]"));
        wanted.addAll(http.request().params().getAll("include"));
        for (int i = 0; i < wanted.size(); i++) {
            if (!INCLUDES.contains(wanted.get(i))) {
                throw ValidationErrors.value("include[%d]".formatted(i), wanted.get(i), INCLUDES);
            }
        }
        return !wanted.isEmpty();
    }

    /** The page of a list of this kind that the query asks for. */
    public ListQuery page(ObjectKind kind) {
        return page(kind, DEFAULT_LIMIT, MAX_LIMIT);
    }

    /** The same for a list with other limits. */
    public ListQuery page(ObjectKind kind, int defaultLimit, int maxLimit) {
        String order = query("order");
        if (order != null && !ORDERS.contains(order)) {
            throw ValidationErrors.value("order", order, ORDERS);
        }
        return new ListQuery(
                limit(defaultLimit, maxLimit),
                "asc".equals(order),
                cursor("after", kind),
                cursor("before", kind));
    }

    private int limit(int defaultLimit, int maxLimit) {
        String limit = query("limit");
        if (limit == null) {
            return defaultLimit;
        }
        if (!limit.matches("[+-]?[0-9]{1,18}")) {
            throw ValidationErrors.type("limit", "an integer", "a string");
        }
        long number = Long.parseLong(limit);
        Rules.between(1, maxLimit).check(Rule.Pass.INVALID, "limit", LongNode.valueOf(number));
        return (int) number;
    }

    private @Nullable String cursor(String name, ObjectKind kind) {
        String id = query(name);
        if (id != null) {
            kind.check(name, id);
        }
        return id;
    }
}
