package dev.threadwell.simulator.stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.threadwell.simulator.answer.SimulatedUsage;
import dev.threadwell.simulator.json.SimulatorJson;

/** Renders usage as chat completions report it. */
final class UsageObject {
    private UsageObject() {}

    static ObjectNode of(SimulatedUsage usage) {
        ObjectNode object =
                SimulatorJson.object()
                        .put("prompt_tokens", usage.promptTokens())
                        .put("completion_tokens", usage.completionTokens())
                        .put("total_tokens", usage.totalTokens());
        object.putObject("prompt_tokens_details").put("cached_tokens", 0).put("audio_tokens", 0);
        object.putObject("completion_tokens_details")
                .put("reasoning_tokens", 0)
                .put("audio_tokens", 0)
                .put("accepted_prediction_tokens", 0)
                .put("rejected_prediction_tokens", 0);
        return object;
    }
}
