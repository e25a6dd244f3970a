package dev.threadwell.api.assistant;

import static dev.threadwell.api.validation.Rules.anyObject;
import static dev.threadwell.api.validation.Rules.between;
import static dev.threadwell.api.validation.Rules.bounded;
import static dev.threadwell.api.validation.Rules.byType;
import static dev.threadwell.api.validation.Rules.decimal;
import static dev.threadwell.api.validation.Rules.either;
import static dev.threadwell.api.validation.Rules.filledText;
import static dev.threadwell.api.validation.Rules.flag;
import static dev.threadwell.api.validation.Rules.listOf;
import static dev.threadwell.api.validation.Rules.object;
import static dev.threadwell.api.validation.Rules.oneOf;
import static dev.threadwell.api.validation.Rules.optional;
import static dev.threadwell.api.validation.Rules.required;
import static dev.threadwell.api.validation.Rules.text;

import dev.threadwell.api.validation.Body;
import dev.threadwell.api.validation.ObjectRule;
import dev.threadwell.api.validation.Rule;
import dev.threadwell.assistant.Tool;
import dev.threadwell.assistant.ToolKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The validation rules of tools and of the parameters that belong to them, and the factory from a
 * valid body to a tool.
 */
public final class ToolRules {

    private static final String FILE_SEARCH = ToolKind.FILE_SEARCH.name();
    private static final String FUNCTION = ToolKind.FUNCTION.name();

    /**
     * The maximum of values in all tools of an assistant or a run together, their schemas included.
     */
    private static final int MAX_VALUES = 20_000;

    private static final int MAX_CHARACTERS = 4 * 1024 * 1024;

    private static final String DEFAULT_RANKER = "default_2024_08_21";

    /** The types that errors list: those of the original, without the extensions. */
    private static final List<String> ORIGINAL =
            List.of(ToolKind.CODE_INTERPRETER.name(), FUNCTION, FILE_SEARCH);

    private static final Rule TYPE = oneOf(ORIGINAL.toArray(String[]::new));

    private static final ObjectRule RANKING =
            object(
                    optional("ranker", oneOf("auto", DEFAULT_RANKER)),
                    optional("score_threshold", decimal(0, 1)),
                    optional("hybrid_search", anyObject()));

    private static final ObjectRule DEFINITION =
            object(
                    required("name", text("^[a-zA-Z0-9_-]+$", 64)),
                    optional("description", text()),
                    optional("parameters", anyObject()),
                    optional("strict", flag()));

    /** The rules of each kind of tool. */
    private static final List<ToolRule> TABLE =
            List.of(
                    new ToolRule(
                            ToolKind.CODE_INTERPRETER,
                            object(required("type", TYPE)),
                            object(required("type", TYPE)),
                            _ -> new Tool.CodeInterpreter()),
                    new ToolRule(
                            ToolKind.FUNCTION,
                            object(
                                    required("type", TYPE),
                                    required(FUNCTION, DEFINITION),
                                    optional(ExtensionRules.BINDING, ExtensionRules.OF_A_FUNCTION)),
                            object(
                                    required("type", TYPE),
                                    required(FUNCTION, object(required("name", filledText(64))))),
                            given -> new Tool.Function(definition(given.existing(FUNCTION)))),
                    new ToolRule(
                            ToolKind.MCP,
                            ExtensionRules.ofMcp(oneOf(ExtensionRules.MCP)),
                            null,
                            ExtensionRules::mcp),
                    new ToolRule(
                            ToolKind.FILE_SEARCH,
                            object(
                                    required("type", TYPE),
                                    optional(
                                            FILE_SEARCH,
                                            object(
                                                    optional("max_num_results", between(1, 50)),
                                                    optional("ranking_options", RANKING)))),
                            object(required("type", TYPE)),
                            given -> fileSearch(given.object(FILE_SEARCH))),
                    ToolRule.generic(ToolKind.IMAGE_GENERATION, ImageOptions.FIELDS),
                    ToolRule.generic(ToolKind.TEXT_TO_IMAGE, ImageOptions.FIELDS),
                    ToolRule.generic(ToolKind.IMAGE_TO_TEXT),
                    WebSearchRules.rule(),
                    ToolRule.neverCalled(ToolKind.TEXT_GENERATION));

    private static final Map<String, ObjectRule> TYPES = types();

    /** The parameter {@code response_format}. */
    public static final Rule RESPONSE_FORMAT =
            bounded(
                    either(oneOf("auto"), byType(formats()), "one of a string or object"),
                    MAX_VALUES,
                    MAX_CHARACTERS);

    /** The parameter {@code tool_choice}. */
    public static final Rule CHOICE =
            either(
                    oneOf("none", "auto", "required"),
                    byType(choices(), ORIGINAL),
                    "one of a string or object");

    /** The parameter {@code reasoning_effort}. */
    public static final Rule REASONING_EFFORT =
            oneOf("none", "minimal", "low", "medium", "high", "xhigh");

    private ToolRules() {}

    /** The parameter {@code tools} with at most this many tools. */
    public static Rule atMost(int maximum) {
        return bounded(
                listOf("objects", 0, maximum, byType(TYPES, ORIGINAL)), MAX_VALUES, MAX_CHARACTERS);
    }

    private static Map<String, ObjectRule> types() {
        Map<String, ObjectRule> types = new LinkedHashMap<>();
        TABLE.forEach(rule -> types.put(rule.kind().name(), rule.tool()));
        return types;
    }

    /** The kinds of tools that a request may have. */
    static Set<ToolKind> kinds() {
        return TABLE.stream().map(ToolRule::kind).collect(Collectors.toSet());
    }

    private static Map<String, ObjectRule> formats() {
        Rule type = oneOf("text", "json_object", "json_schema");
        Map<String, ObjectRule> formats = new LinkedHashMap<>();
        formats.put("text", object(required("type", type)));
        formats.put("json_object", object(required("type", type)));
        formats.put(
                "json_schema",
                object(
                        required("type", type),
                        required(
                                "json_schema",
                                object(
                                        required("name", text("^[a-zA-Z0-9_-]+$", 64)),
                                        optional("description", text()),
                                        optional("schema", anyObject()),
                                        optional("strict", flag())))));
        return formats;
    }

    private static Map<String, ObjectRule> choices() {
        Map<String, ObjectRule> choices = new LinkedHashMap<>();
        for (ToolRule rule : TABLE) {
            if (rule.choice() != null) {
                choices.put(rule.kind().name(), rule.choice());
            }
        }
        return choices;
    }

    /** The tools of an imported object, with all defaults set. */
    public static List<Tool> tools(Body body) {
        return RequestedTools.of(body, true).over(List.of());
    }

    /** A tool of a request, without its binding. */
    static Tool tool(Body tool) {
        String type = tool.required("type");
        return TABLE.stream()
                .filter(rule -> rule.kind().name().equals(type))
                .findFirst()
                .orElseThrow()
                .read()
                .apply(tool);
    }

    private static Tool.Definition definition(Body function) {
        Map<String, Object> parameters = function.map("parameters");
        return new Tool.Definition(
                function.required("name"),
                function.text("description"),
                parameters == null ? noParameters() : parameters,
                function.flag("strict", false));
    }

    private static Map<String, Object> noParameters() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", Map.of());
        return schema;
    }

    private static Tool fileSearch(@Nullable Body options) {
        Body ranking = options == null ? null : options.object("ranking_options");
        Double threshold = ranking == null ? null : ranking.decimal("score_threshold");
        return new Tool.FileSearch(
                new Tool.Options(
                        options == null ? null : options.integer("max_num_results"),
                        new Tool.Ranking(
                                DEFAULT_RANKER,
                                threshold == null ? 0.0 : threshold,
                                ranking == null ? null : ranking.map("hybrid_search"))));
    }
}
