package dev.threadwell.api.assistant;

import dev.threadwell.api.http.ApiRequest;
import dev.threadwell.api.validation.Body;
import dev.threadwell.api.validation.ValidationErrors;
import dev.threadwell.persistence.tool.ToolSecrets;
import dev.threadwell.platform.settings.FunctionConfig;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** Reads the tools of a request and stores their secrets separately. */
@ApplicationScoped
public class ToolSecretExtraction {

    private final ToolSecrets secrets;
    private final List<String> topics;

    @Inject
    ToolSecretExtraction(ToolSecrets secrets, FunctionConfig functions) {
        this.secrets = secrets;
        this.topics = functions.topics().orElse(List.of());
    }

    /**
     * The tools of a valid request, after their secrets were saved.
     *
     * @param owner the owner of the secrets: the assistant's id, or {@code run} for those of a run
     */
    public Uni<RequestedTools> take(ApiRequest request, Body body, String owner) {
        RequestedTools given = RequestedTools.of(body, ApiRequest.extensions(request.http()));
        given.topics()
                .forEach(
                        (path, topic) -> {
                            if (!topics.contains(topic)) {
                                throw ValidationErrors.topic(path, topic, topics);
                            }
                        });
        return secrets.save(request.project(), owner, given.secrets()).replaceWith(given);
    }
}
