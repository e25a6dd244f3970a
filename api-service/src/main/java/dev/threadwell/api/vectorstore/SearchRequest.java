package dev.threadwell.api.vectorstore;

import static dev.threadwell.api.validation.Rules.between;
import static dev.threadwell.api.validation.Rules.bounded;
import static dev.threadwell.api.validation.Rules.decimal;
import static dev.threadwell.api.validation.Rules.either;
import static dev.threadwell.api.validation.Rules.filledText;
import static dev.threadwell.api.validation.Rules.flag;
import static dev.threadwell.api.validation.Rules.listOf;
import static dev.threadwell.api.validation.Rules.object;
import static dev.threadwell.api.validation.Rules.oneOf;
import static dev.threadwell.api.validation.Rules.optional;
import static dev.threadwell.api.validation.Rules.required;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.api.validation.Body;
import dev.threadwell.api.validation.ObjectRule;
import dev.threadwell.api.validation.Rule;
import dev.threadwell.vectorstore.AttributeFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The validation rules of a search, and the query that it asks for. */
record SearchRequest(
        List<String> queries, @Nullable AttributeFilter filter, int limit, double threshold) {

    private static final int MAX_QUERY = 4_096;
    private static final int MAX_FILTER_VALUES = 5_000;
    private static final int MAX_FILTER_TEXT = 256 * 1024;
    private static final int DEFAULT_LIMIT = 10;
    private static final Rule QUERY = filledText(MAX_QUERY);

    static final ObjectRule RULE =
            object(
                    required(
                            "query",
                            either(
                                    QUERY,
                                    listOf("strings", 1, 100, QUERY),
                                    "one of a string or array of strings")),
                    optional("rewrite_query", flag()),
                    optional("max_num_results", between(1, 50)),
                    optional(
                            "filters",
                            bounded(FilterRule.RULE, MAX_FILTER_VALUES, MAX_FILTER_TEXT)),
                    optional(
                            "ranking_options",
                            object(
                                    optional("ranker", oneOf("none", "auto", "default-2024-11-15")),
                                    optional("score_threshold", decimal(0, 1)))));

    static SearchRequest of(Body body) {
        Integer limit = body.integer("max_num_results");
        Body ranking = body.object("ranking_options");
        Double threshold = ranking == null ? null : ranking.decimal("score_threshold");
        Body filters = body.object("filters");
        return new SearchRequest(
                queries(body),
                filters == null ? null : FilterRule.filter(filters),
                limit == null ? DEFAULT_LIMIT : limit,
                threshold == null ? 0 : threshold);
    }

    private static List<String> queries(Body body) {
        JsonNode query = body.get("query");
        return query != null && query.isTextual()
                ? List.of(query.textValue())
                : body.strings("query");
    }
}
