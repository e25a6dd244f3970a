package dev.threadwell.api.versions;

import dev.threadwell.wire.ApiError;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Reads the header {@code OpenAI-Beta}, which selects the version of the Assistants API. */
public final class BetaHeader {

    /** The name of the header. */
    public static final String NAME = "OpenAI-Beta";

    private static final String V1 = "assistants=v1";

    private BetaHeader() {}

    /**
     * The version that the request asks for; the current one if it asks for none and need not.
     *
     * @param headers all {@code OpenAI-Beta} headers of the request
     * @param wanted whether the request has to ask for a version
     * @param versions the supported versions, the current one first; if the request names several,
     *     the first in this order counts
     */
    public static String asked(List<String> headers, boolean wanted, Set<String> versions) {
        List<String> betas = betas(headers);
        return versions.stream()
                .filter(betas::contains)
                .findFirst()
                .orElseGet(() -> wanted ? refused(betas) : versions.iterator().next());
    }

    private static List<String> betas(List<String> headers) {
        return headers.stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .filter(beta -> !beta.isEmpty())
                .toList();
    }

    private static String refused(List<String> betas) {
        if (betas.contains(V1)) {
            throw invalid(
                    "The v1 Assistants API has been deprecated. See the migration guide for more"
                            + " information: https://platform.openai.com/docs/assistants/migration.");
        }
        for (String beta : betas) {
            if (!beta.contains("=")) {
                throw invalid(
                        ("Invalid beta header provided: '%s'. The header should be in the format"
                                        + " 'OpenAI-Beta: example_beta=v1'.")
                                .formatted(beta));
            }
            String name = beta.substring(0, beta.indexOf('='));
            throw invalid("Unknown beta requested: '%s'.".formatted(name));
        }
        throw invalid(
                "You must provide the 'OpenAI-Beta' header to access the Assistants API. Please try"
                        + " again by setting the header 'OpenAI-Beta: assistants=v2'.");
    }

    private static RuntimeException invalid(String message) {
        return ApiError.badRequest(message, null, "invalid_beta").thrown();
    }
}
