package dev.threadwell.api.migration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.threadwell.api.assistant.ToolRules;
import dev.threadwell.api.validation.Body;
import dev.threadwell.assistant.Assistant;
import dev.threadwell.assistant.ToolFiles;
import dev.threadwell.persistence.migration.ImportedObject;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunProgress;
import dev.threadwell.run.RunStatus;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.TruncationStrategy;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.ThreadObject;
import dev.threadwell.wire.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Converts the objects of a dump, whichever version of the API wrote them. */
final class DumpObjectConverter {

    private static final String AUTO = "auto";
    private static final String EXPIRED =
            "Its status was '%s', and nobody works on it any more: it is 'expired'.";

    private DumpObjectConverter() {}

    /** The converted object, ready to be stored; fails with a validation error. */
    static ImportedObject read(Conversion reading) {
        String object = reading.checked(DumpRules.ANY).required("object");
        return switch (object) {
            case Assistant.OBJECT -> ImportedObject.of(assistant(reading));
            case ThreadObject.OBJECT -> ImportedObject.of(thread(reading));
            case Message.OBJECT -> ImportedObject.of(message(reading));
            case Run.OBJECT -> ImportedObject.of(run(reading));
            default -> ImportedObject.of(step(reading));
        };
    }

    private static Assistant assistant(Conversion reading) {
        V1Shapes.upgradeTools(reading);
        normaliseTools(reading, reading.checked(DumpRules.ASSISTANT));
        if (!reading.json().has("temperature")) {
            reading.set("temperature", 1.0);
        }
        if (!reading.json().has("top_p")) {
            reading.set("top_p", 1.0);
        }
        reading.orElse("metadata", Map.of());
        reading.orElse("response_format", AUTO);
        return reading.as(Assistant.class);
    }

    private static void normaliseTools(Conversion reading, Body body) {
        ArrayNode tools = Json.mapper().createArrayNode();
        ToolRules.tools(body).forEach(tool -> tools.add(Json.mapper().<JsonNode>valueToTree(tool)));
        reading.set("tools", tools);
        @Nullable Map<String, Object> resources = body.map("tool_resources");
        reading.set(
                "tool_resources",
                resources == null ? Map.of() : ToolFiles.of(resources).resources());
    }

    private static ThreadObject thread(Conversion reading) {
        reading.checked(DumpRules.THREAD);
        reading.orElse("metadata", Map.of());
        reading.orElse("tool_resources", Map.of());
        ThreadObject thread = reading.as(ThreadObject.class);
        ToolFiles files = ToolFiles.of(thread.toolResources());
        // A thread without files shows an empty list of them when it is retrieved.
        boolean none = List.of().equals(files.codeFiles()) && files.storeIds() == null;
        return thread.withToolResources(none ? Map.of() : files.resources());
    }

    private static Message message(Conversion reading) {
        V1Shapes.upgradeFiles(reading);
        Body body = reading.checked(DumpRules.MESSAGE);
        reading.orElse("metadata", Map.of());
        reading.orElse("attachments", List.of());
        reading.json().path("attachments").forEach(one -> orEmpty(one, "tools"));
        reading.json().path("content").forEach(part -> orEmpty(part.path("text"), "annotations"));
        Long createdAt = body.wholeNumber("created_at");
        String status = body.text("status");
        if (status == null) {
            reading.set("status", "completed");
            reading.json().put("completed_at", createdAt);
        } else if (status.equals("in_progress")) {
            reading.set("status", "incomplete");
            reading.set("incomplete_details", Map.of("reason", "run_expired"));
            reading.json().put("incomplete_at", createdAt);
            reading.changed(
                    "Its status was 'in_progress', and nobody writes it any more: it is 'incomplete'.");
        }
        return reading.as(Message.class);
    }

    private static void orEmpty(JsonNode object, String list) {
        if (object instanceof ObjectNode json && !json.hasNonNull(list)) {
            json.putArray(list);
        }
    }

    private static Run run(Conversion reading) {
        V1Shapes.upgradeTools(reading);
        normaliseTools(reading, reading.checked(DumpRules.RUN));
        reading.json().putNull("required_action");
        reading.orElse("metadata", Map.of());
        reading.orElse("truncation_strategy", TruncationStrategy.AUTO);
        reading.orElse("response_format", AUTO);
        reading.orElse("tool_choice", AUTO);
        reading.orElse("parallel_tool_calls", true);
        fillUsage(reading);
        Run run = reading.as(Run.class);
        if (!run.status().isActive()) {
            return run;
        }
        reading.changed(EXPIRED.formatted(run.status().wire()));
        return run.with(
                new RunProgress(
                        RunStatus.EXPIRED,
                        run.startedAt(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        run.usage()));
    }

    /** Adds the details of the usage, which older objects lack. */
    private static void fillUsage(Conversion reading) {
        if (reading.json().path("usage") instanceof ObjectNode usage) {
            counted(usage, "prompt_token_details", "cached_tokens");
            counted(usage, "completion_tokens_details", "reasoning_tokens");
        }
    }

    private static void counted(ObjectNode usage, String details, String count) {
        long before = usage.path(details).path(count).asLong();
        usage.putObject(details).put(count, before);
    }

    private static RunStep step(Conversion reading) {
        V1Shapes.upgradeCalls(reading);
        Body body = reading.checked(DumpRules.STEP);
        ObjectNode details = (ObjectNode) reading.json().path("step_details");
        details.path("tool_calls").forEach(DumpedCalls::fill);
        reading.set("type", details.path("type").textValue());
        fillUsage(reading);
        if (body.required("status").equals("in_progress")) {
            reading.set("status", "expired");
            reading.json().putNull("expires_at");
            reading.changed(EXPIRED.formatted("in_progress"));
        }
        return reading.as(RunStep.class).shown(true);
    }
}
