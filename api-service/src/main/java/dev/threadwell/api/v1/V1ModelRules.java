package dev.threadwell.api.v1;

import dev.threadwell.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Rejects models that v1 did not support, or not with retrieval. Both are patterns in the
 * configuration; an empty one allows every model.
 */
@ApplicationScoped
class V1ModelRules {

    static final String LATER = "(chatgpt-|gpt-4o|gpt-4\\.[1-9]|gpt-[5-9]|o[1-9](-|$)).*";
    static final String NOT_RETRIEVING =
            "gpt-4(-0314|-0613|-32k.*)?|gpt-3\\.5-turbo-(0301|0613|16k.*)";

    private final Pattern refused;
    private final Pattern notRetrieving;

    @Inject
    V1ModelRules(VersionOneConfig config) {
        this(config.models().refused(), config.models().withoutRetrieval());
    }

    V1ModelRules(Optional<String> refused, Optional<String> notRetrieving) {
        this.refused = Pattern.compile(refused.orElse(""));
        this.notRetrieving = Pattern.compile(notRetrieving.orElse(""));
    }

    /** Throws if v1 did not support this model, or not with retrieval. */
    void check(String model, boolean retrieves) {
        if (refused.matcher(model).matches()) {
            throw unsupported(
                    ("The requested model '%s' cannot be used with the Assistants API in v1. Follow"
                                    + " the migration guide to upgrade to v2:"
                                    + " https://platform.openai.com/docs/assistants/migration.")
                            .formatted(model));
        }
        if (retrieves && notRetrieving.matcher(model).matches()) {
            throw unsupported(
                    "The requested model '%s' cannot be used with the 'retrieval' tool."
                            .formatted(model));
        }
    }

    private static RuntimeException unsupported(String message) {
        return ApiError.badRequest(message, "model", "unsupported_model").thrown();
    }
}
