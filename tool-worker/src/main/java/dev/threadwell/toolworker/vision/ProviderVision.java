package dev.threadwell.toolworker.vision;

import dev.threadwell.platform.settings.ModelConfig;
import dev.threadwell.platform.settings.VisionConfig;
import dev.threadwell.toolworker.provider.ProviderAnswer;
import dev.threadwell.toolworker.provider.ProviderClient;
import dev.threadwell.toolworker.provider.ProviderException;
import dev.threadwell.toolworker.provider.ProviderRequest;
import dev.threadwell.toolworker.provider.ProviderTarget;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks models about pictures by the chat completions of a provider. */
@ApplicationScoped
class ProviderVision implements Vision {

    private static final int MAX_BYTES = 1024 * 1024;

    private final VisionConfig config;
    private final ModelConfig models;
    private final InstantSource clock;

    @Inject
    ProviderVision(VisionConfig config, ModelConfig models, InstantSource clock) {
        this.config = config;
        this.models = models;
        this.clock = clock;
    }

    private Optional<ProviderTarget> target() {
        return ProviderTarget.of(config.baseUrl(), config.apiKey(), models);
    }

    @Override
    public Optional<String> model(@Nullable String ofRun) {
        return target().flatMap(_ -> config.model().or(() -> Optional.ofNullable(ofRun)));
    }

    @Override
    public Uni<Answer> ask(Question question, Instant until) {
        ProviderClient client =
                target().map(target -> new ProviderClient(target, clock))
                        .orElseThrow(() -> new IllegalStateException("there is no provider"));
        ProviderRequest request =
                ProviderRequest.json(
                        "/chat/completions", body(question), config.timeout(), MAX_BYTES);
        return client.post(request, until)
                .map(ProviderVision::answer)
                .onFailure(ProviderException.class)
                .recoverWithItem(
                        failure -> new Answer.Untold(((ProviderException) failure).why(), false));
    }

    private static Map<String, Object> body(Question question) {
        Map<String, Object> text = new LinkedHashMap<>();
        text.put("type", "text");
        text.put("text", question.text());
        Map<String, Object> picture = new LinkedHashMap<>();
        picture.put("type", "image_url");
        picture.put("image_url", Map.of("url", question.format().dataUrl(question.picture())));
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("role", "user");
        message.put("content", List.of(text, picture));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", question.model());
        body.put("messages", List.of(message));
        return body;
    }

    private static Answer answer(ProviderAnswer answer) {
        return answer.succeeded()
                ? CompletionText.of(answer.json())
                : new Answer.Untold(
                        "its provider refused: " + answer.error(),
                        answer.status() < 500 && answer.status() != 429);
    }
}
