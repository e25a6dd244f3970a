package dev.threadwell.assistant;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An assistant; the components are in the order of the API's JSON. */
public record Assistant(
        String id,
        String object,
        long createdAt,
        @Nullable String name,
        @Nullable String description,
        String model,
        @Nullable String instructions,
        List<Tool> tools,
        @Nullable Double topP,
        @Nullable Double temperature,
        @Nullable String reasoningEffort,
        Map<String, Object> toolResources,
        Map<String, String> metadata,
        Object responseFormat) {

    /** The value of {@code object}. */
    public static final String OBJECT = "assistant";

    /** This assistant with other files and vector stores for its tools. */
    public Assistant withToolResources(Map<String, Object> changed) {
        return with(tools, changed);
    }

    /** This assistant with other tools. */
    public Assistant withTools(List<Tool> changed) {
        return with(changed, toolResources);
    }

    private Assistant with(List<Tool> otherTools, Map<String, Object> resources) {
        return new Assistant(
                id,
                object,
                createdAt,
                name,
                description,
                model,
                instructions,
                otherTools,
                topP,
                temperature,
                reasoningEffort,
                resources,
                metadata,
                responseFormat);
    }
}
