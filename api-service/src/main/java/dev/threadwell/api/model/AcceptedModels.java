package dev.threadwell.api.model;

import dev.threadwell.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Set;

/**
 * Rejects models that the configuration excludes. Only the provider knows whether any other model
 * exists, so an unknown one fails the run.
 */
@ApplicationScoped
public class AcceptedModels {

    private final Set<String> refused;

    @Inject
    AcceptedModels(ModelListConfig config) {
        this.refused = Set.copyOf(config.refused().orElse(List.of()));
    }

    /** Throws if the model is excluded. */
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
