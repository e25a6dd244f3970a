package dev.threadwell.api.http;

import dev.threadwell.store.ListQuery;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request that has come through the door: whose it is, and what it says.
 *
 * @param project the project of the key
 */
public record Call(RoutingContext http, String project, Buffer body) {

    private static final String KEY = "threadwell.call";
    private static final int DEFAULT_LIMIT = 20;
    private static final Rule LIMIT = Rules.between(1, 100);
    private static final List<String> INCLUDES =
            List.of("step_details.tool_calls[*].file_search.results[*].content");
    private static final List<String> ORDERS = List.of("asc", "desc");

    /** The call of a request that the door let in. */
    public static Call of(RoutingContext http) {
        return Objects.requireNonNull(http.get(KEY), "the door let nobody in");
    }

    void letIn() {
        http.put(KEY, this);
    }

    /** The body, read and checked. */
    public Body body(Fields rule) {
        return Body.read(body.getBytes(), rule);
    }

    /** A parameter of the query; null if it is not there or empty. */
    public @Nullable String query(String name) {
        String value = http.request().getParam(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** Whether the request wants the content of what file search found, in its steps. */
    public boolean includesContents() {
        List<String> wanted = new ArrayList<>(http.request().params().getAll("include[]"));
        wanted.addAll(http.request().params().getAll("include"));
        for (int i = 0; i < wanted.size(); i++) {
            if (!INCLUDES.contains(wanted.get(i))) {
                throw Problem.value("include[%d]".formatted(i), wanted.get(i), INCLUDES);
            }
        }
        return !wanted.isEmpty();
    }

    /** The page of a list of these that the query asks for. */
    public ListQuery page(Kind kind) {
        String order = query("order");
        if (order != null && !ORDERS.contains(order)) {
            throw Problem.value("order", order, ORDERS);
        }
        return new ListQuery(
                limit(), "asc".equals(order), cursor("after", kind), cursor("before", kind));
    }

    private int limit() {
        String limit = query("limit");
        if (limit == null) {
            return DEFAULT_LIMIT;
        }
        if (!limit.matches("[+-]?[0-9]{1,18}")) {
            throw Problem.type("limit", "an integer", "a string");
        }
        long number = Long.parseLong(limit);
        LIMIT.check(
                Rule.Pass.INVALID,
                "limit",
                com.fasterxml.jackson.databind.node.LongNode.valueOf(number));
        return (int) number;
    }

    private @Nullable String cursor(String name, Kind kind) {
        String id = query(name);
        if (id != null) {
            kind.check(name, id);
        }
        return id;
    }
}
