package dev.threadwell.api.model;

import dev.threadwell.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;

/**
 * Which models may be used: all but those that the configuration refuses. Whether one exists is
 * known to its provider alone, and a run says so.
 */
@ApplicationScoped
public class AcceptedModels {

    private final Set<String> refused;

    @Inject
    AcceptedModels(ModelListConfig config) {
        this.refused = Set.copyOf(config.refused().orElse(List.of()));
    }

    /** Throws if this model may not be used. */
    public void check(String model) {
        if (refused.contains(model)) {
            throw ApiError.badRequest(
                            "The requested model '%s' cannot be used with the Assistants API."
                                    .formatted(model),
                            "model",
                            "unsupported_model")
                    .thrown();
        }
    }
}
