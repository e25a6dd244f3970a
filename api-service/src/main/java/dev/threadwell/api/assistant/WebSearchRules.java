package dev.threadwell.api.assistant;

import static dev.threadwell.api.validation.Rules.between;
import static dev.threadwell.api.validation.Rules.listOf;
import static dev.threadwell.api.validation.Rules.object;
import static dev.threadwell.api.validation.Rules.oneOf;
import static dev.threadwell.api.validation.Rules.optional;
import static dev.threadwell.api.validation.Rules.required;
import static dev.threadwell.api.validation.Rules.text;

import dev.threadwell.api.validation.Body;
import dev.threadwell.api.validation.ObjectRule.Field;
import dev.threadwell.api.validation.Rule;
import dev.threadwell.api.validation.ValidationErrors;
import dev.threadwell.assistant.Tool;
import dev.threadwell.assistant.ToolKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The rules of the web search tool. Its options are given in a member {@code web_search}, or beside
 * the type as the Responses API has them; they are stored and shown in the member.
 */
final class WebSearchRules {

    private static final String NAME = ToolKind.WEB_SEARCH.name();
    private static final String MAX_RESULTS = "max_results";
    private static final String ALLOWED = "allowed_domains";
    private static final String BLOCKED = "blocked_domains";
    private static final String FILTERS = "filters";
    private static final String CITATIONS = "citations";

    private static final int LONGEST_HOST = 253;
    private static final int MAX_DOMAINS = 100;

    private static final Rule DOMAINS =
            listOf(
                    "strings",
                    0,
                    MAX_DOMAINS,
                    text("^[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?$", LONGEST_HOST));

    private static final List<Field> OPTIONS =
            List.of(
                    optional(MAX_RESULTS, between(1, 20)),
                    optional(ALLOWED, DOMAINS),
                    optional(BLOCKED, DOMAINS),
                    optional(
                            FILTERS,
                            object(optional(ALLOWED, DOMAINS), optional(BLOCKED, DOMAINS))),
                    optional(CITATIONS, oneOf("annotations", "links")));

    private WebSearchRules() {}

    static ToolRule rule() {
        Rule type = oneOf(NAME);
        Field[] fields =
                Stream.concat(
                                Stream.of(
                                        required("type", type),
                                        optional(NAME, object(OPTIONS.toArray(Field[]::new)))),
                                OPTIONS.stream())
                        .toArray(Field[]::new);
        return new ToolRule(
                ToolKind.WEB_SEARCH,
                object(fields),
                object(required("type", type)),
                WebSearchRules::read);
    }

    private static Tool read(Body given) {
        Body nested = given.object(NAME);
        for (Field option : OPTIONS) {
            if (nested != null && given.has(option.name())) {
                throw ValidationErrors.exclusive(NAME, option.name());
            }
        }
        return new Tool.Generic(ToolKind.WEB_SEARCH, options(nested == null ? given : nested));
    }

    private static Map<String, Object> options(Body given) {
        Map<String, Object> options = new LinkedHashMap<>();
        Integer results = given.integer(MAX_RESULTS);
        if (results != null) {
            options.put(MAX_RESULTS, results);
        }
        Body filters = given.object(FILTERS);
        for (String list : List.of(ALLOWED, BLOCKED)) {
            if (filters != null && filters.has(list)) {
                if (given.has(list)) {
                    throw ValidationErrors.exclusive(list, FILTERS + "." + list);
                }
                options.put(list, filters.strings(list));
            } else if (given.has(list)) {
                options.put(list, given.strings(list));
            }
        }
        String citations = given.text(CITATIONS);
        if (citations != null) {
            options.put(CITATIONS, citations);
        }
        return options;
    }
}
