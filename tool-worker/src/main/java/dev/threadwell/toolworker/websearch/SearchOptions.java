package dev.threadwell.toolworker.websearch;

import dev.threadwell.assistant.Tool;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options of a web search tool. */
record SearchOptions(int results, Domains domains) {

    private static final int RESULTS = 5;
    private static final int MAX_RESULTS = 20;

    static SearchOptions of(@Nullable Tool definition) {
        if (!(definition instanceof Tool.Generic(var _, var options))) {
            return new SearchOptions(RESULTS, Domains.ALL);
        }
        int results = options.get("max_results") instanceof Number n ? n.intValue() : RESULTS;
        return new SearchOptions(
                Math.clamp(results, 1, MAX_RESULTS),
                new Domains(list(options, "allowed_domains"), list(options, "blocked_domains")));
    }

    private static List<String> list(Map<String, Object> options, String name) {
        return options.get(name) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }
}
