package dev.threadwell.run;

import dev.threadwell.assistant.Tool;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A run; the components are in the order of the API's JSON. */
public record Run(
        String id,
        String object,
        long createdAt,
        String assistantId,
        String threadId,
        RunStatus status,
        @Nullable Long startedAt,
        @Nullable Long expiresAt,
        @Nullable Long cancelledAt,
        @Nullable Long failedAt,
        @Nullable Long completedAt,
        @Nullable RequiredAction requiredAction,
        @Nullable RunError lastError,
        String model,
        @Nullable String instructions,
        List<Tool> tools,
        Map<String, Object> toolResources,
        Map<String, String> metadata,
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable String reasoningEffort,
        @Nullable Integer maxCompletionTokens,
        @Nullable Integer maxPromptTokens,
        TruncationStrategy truncationStrategy,
        @Nullable IncompleteDetails incompleteDetails,
        @Nullable Usage usage,
        Object responseFormat,
        Object toolChoice,
        boolean parallelToolCalls) {

    /** The value of {@code object}. */
    public static final String OBJECT = "thread.run";

    /** Seconds from a run's creation to its expiry; nothing extends it. */
    public static final long LIFETIME_SECONDS = 600;

    /** Why a run is incomplete: {@code max_prompt_tokens} or {@code max_completion_tokens}. */
    public record IncompleteDetails(String reason) {}

    /** The part of this run that its lifecycle changes. */
    public RunProgress progress() {
        return new RunProgress(
                status,
                startedAt,
                expiresAt,
                cancelledAt,
                failedAt,
                completedAt,
                requiredAction,
                lastError,
                incompleteDetails,
                usage);
    }

    /** This run with another progress. */
    public Run with(RunProgress p) {
        return new Run(
                id,
                object,
                createdAt,
                assistantId,
                threadId,
                p.status(),
                p.startedAt(),
                p.expiresAt(),
                p.cancelledAt(),
                p.failedAt(),
                p.completedAt(),
                p.requiredAction(),
                p.lastError(),
                model,
                instructions,
                tools,
                toolResources,
                metadata,
                temperature,
                topP,
                reasoningEffort,
                maxCompletionTokens,
                maxPromptTokens,
                truncationStrategy,
                p.incompleteDetails(),
                p.usage(),
                responseFormat,
                toolChoice,
                parallelToolCalls);
    }

    /** This run with other metadata. */
    public Run withMetadata(Map<String, String> changed) {
        return with(tools, toolResources, changed);
    }

    /** This run with other tool resources; streams show them differently (see wire.StreamView). */
    public Run withToolResources(Map<String, Object> changed) {
        return with(tools, changed, metadata);
    }

    /** This run with other tools. */
    public Run withTools(List<Tool> changed) {
        return with(changed, toolResources, metadata);
    }

    private Run with(
            List<Tool> otherTools, Map<String, Object> resources, Map<String, String> meta) {
        return new Run(
                id,
                object,
                createdAt,
                assistantId,
                threadId,
                status,
                startedAt,
                expiresAt,
                cancelledAt,
                failedAt,
                completedAt,
                requiredAction,
                lastError,
                model,
                instructions,
                otherTools,
                resources,
                meta,
                temperature,
                topP,
                reasoningEffort,
                maxCompletionTokens,
                maxPromptTokens,
                truncationStrategy,
                incompleteDetails,
                usage,
                responseFormat,
                toolChoice,
                parallelToolCalls);
    }
}
