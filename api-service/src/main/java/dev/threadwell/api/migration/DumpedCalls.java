package dev.threadwell.api.migration;

import static dev.threadwell.api.validation.Rules.anyObject;
import static dev.threadwell.api.validation.Rules.listOf;
import static dev.threadwell.api.validation.Rules.object;
import static dev.threadwell.api.validation.Rules.optional;
import static dev.threadwell.api.validation.Rules.required;
import static dev.threadwell.api.validation.Rules.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.threadwell.api.validation.ObjectRule;
import dev.threadwell.api.validation.ObjectRule.Field;
import dev.threadwell.assistant.ToolKind;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The rules of the tool calls in the steps of a dump, by kind, and the defaults of fields that
 * older calls lack.
 */
final class DumpedCalls {

    private static final Field ID = required("id", text());

    private static final ObjectRule FUNCTION =
            object(
                    required("name", text()),
                    required("arguments", text()),
                    optional("output", text()));

    private static final ObjectRule CODE = object(required("input", text()), objects("outputs"));

    /** Older calls have no details of the search. */
    private static final ObjectRule SEARCH =
            object(optional("ranking_options", anyObject()), objects("results"));

    private static final List<DumpedCall> TABLE =
            List.of(
                    new DumpedCall(
                            ToolKind.FUNCTION,
                            object(ID, required(ToolKind.FUNCTION.name(), FUNCTION)),
                            _ -> {}),
                    new DumpedCall(
                            ToolKind.CODE_INTERPRETER,
                            object(ID, required(ToolKind.CODE_INTERPRETER.name(), CODE)),
                            code -> fillList(code, "outputs")),
                    new DumpedCall(
                            ToolKind.FILE_SEARCH,
                            object(ID, optional(ToolKind.FILE_SEARCH.name(), SEARCH)),
                            DumpedCalls::fillSearch),
                    generic(ToolKind.IMAGE_GENERATION),
                    generic(ToolKind.TEXT_TO_IMAGE),
                    generic(ToolKind.IMAGE_TO_TEXT),
                    generic(ToolKind.WEB_SEARCH));

    /**
     * The rule of the calls of one kind.
     *
     * @param rule the rule of the whole call
     * @param fill adds defaults to the field of the call that is named after its kind
     */
    private record DumpedCall(ToolKind kind, ObjectRule rule, Consumer<ObjectNode> fill) {}

    private DumpedCalls() {}

    /** The rules of the calls, by their types. */
    static Map<String, ObjectRule> rules() {
        return TABLE.stream().collect(Collectors.toMap(one -> one.kind().name(), DumpedCall::rule));
    }

    /** Adds the defaults of absent fields to a valid call. */
    static void fill(JsonNode call) {
        for (DumpedCall one : TABLE) {
            String name = one.kind().name();
            if (call.path("type").asText().equals(name)) {
                one.fill().accept(((ObjectNode) call).withObjectProperty(name));
            }
        }
    }

    /** The rule of calls without a type of their own. */
    private static DumpedCall generic(ToolKind kind) {
        return new DumpedCall(kind, object(ID, optional(kind.name(), anyObject())), _ -> {});
    }

    private static Field objects(String name) {
        return optional(name, listOf("objects", 0, DumpRules.MANY, anyObject()));
    }

    private static void fillSearch(ObjectNode search) {
        if (!search.hasNonNull("ranking_options")) {
            search.putObject("ranking_options");
        }
        fillList(search, "results");
    }

    /** Adds an absent list: the store counts a call without it as unanswered. */
    private static void fillList(ObjectNode call, String list) {
        if (!call.has(list)) {
            call.putArray(list);
        }
    }
}
