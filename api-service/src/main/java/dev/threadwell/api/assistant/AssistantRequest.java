package dev.threadwell.api.assistant;

import static dev.threadwell.api.validation.Rules.decimal;
import static dev.threadwell.api.validation.Rules.filledText;
import static dev.threadwell.api.validation.Rules.metadata;
import static dev.threadwell.api.validation.Rules.optional;
import static dev.threadwell.api.validation.Rules.required;
import static dev.threadwell.api.validation.Rules.text;

import dev.threadwell.api.validation.Body;
import dev.threadwell.api.validation.ObjectRule;
import dev.threadwell.api.validation.ObjectRule.Field;
import dev.threadwell.assistant.Assistant;
import dev.threadwell.assistant.Tool;
import dev.threadwell.assistant.ToolFiles;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The validation rules of the bodies that create and modify assistants, and the factory from a
 * valid body to an assistant.
 */
final class AssistantRequest {

    private static final Field MODEL = required("model", filledText(256));
    private static final List<Field> THE_REST =
            List.of(
                    optional("name", text(256)),
                    optional("description", text(512)),
                    optional("instructions", text(256_000)),
                    optional("reasoning_effort", ToolRules.REASONING_EFFORT),
                    optional("tools", ToolRules.atMost(128)),
                    optional("metadata", metadata()),
                    optional("temperature", decimal(0, 2)),
                    optional("top_p", decimal(0, 1)),
                    optional("response_format", ToolRules.RESPONSE_FORMAT));

    static final ObjectRule CREATE = with(MODEL, ToolResources.NEW);
    static final ObjectRule MODIFY = with(optional("model", MODEL.rule()), ToolResources.EXISTING);

    private AssistantRequest() {}

    private static ObjectRule with(Field model, ObjectRule resources) {
        return new ObjectRule(
                Stream.concat(
                                Stream.of(model, optional("tool_resources", resources)),
                                THE_REST.stream())
                        .toList());
    }

    static Assistant created(
            String id, Body body, RequestedTools given, ToolFiles files, long now) {
        List<Tool> tools = given.over(List.of());
        return new Assistant(
                id,
                Assistant.OBJECT,
                now,
                body.text("name"),
                body.text("description"),
                body.required("model"),
                body.text("instructions"),
                tools,
                or(body.decimal("top_p"), 1.0),
                or(body.decimal("temperature"), 1.0),
                body.text("reasoning_effort"),
                resources(files, tools),
                or(body.metadata(), Map.of()),
                or(body.any("response_format"), "auto"));
    }

    static Assistant modified(Assistant before, Body body, RequestedTools given, ToolFiles files) {
        List<Tool> tools = body.has("tools") ? given.over(before.tools()) : before.tools();
        return new Assistant(
                before.id(),
                before.object(),
                before.createdAt(),
                kept(body, "name", before.name()),
                kept(body, "description", before.description()),
                or(body.text("model"), before.model()),
                kept(body, "instructions", before.instructions()),
                tools,
                body.gives("top_p") ? or(body.decimal("top_p"), 1.0) : before.topP(),
                body.gives("temperature")
                        ? or(body.decimal("temperature"), 1.0)
                        : before.temperature(),
                kept(body, "reasoning_effort", before.reasoningEffort()),
                resources(
                        body.has("tool_resources") ? files : ToolFiles.of(before.toolResources()),
                        tools),
                body.metadataOr(before.metadata()),
                body.gives("response_format")
                        ? or(body.any("response_format"), "auto")
                        : before.responseFormat());
    }

    /** The given text or, if the field is absent, the one before; an explicit null clears it. */
    private static @Nullable String kept(Body body, String name, @Nullable String before) {
        return body.gives(name) ? body.text(name) : before;
    }

    /** The tool resources; with the code interpreter they always have its list of files. */
    private static Map<String, Object> resources(ToolFiles files, List<Tool> tools) {
        boolean interprets = tools.stream().anyMatch(Tool.CodeInterpreter.class::isInstance);
        return (interprets ? files.withCodeFiles(List.of()) : files).resources();
    }

    private static <T> T or(@Nullable T given, T otherwise) {
        return given == null ? otherwise : given;
    }
}
