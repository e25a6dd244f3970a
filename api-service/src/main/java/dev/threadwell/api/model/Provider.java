package dev.threadwell.api.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.platform.settings.ModelConfig;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Fetches the provider's models and caches them for 10 seconds. */
@ApplicationScoped
class Provider {

    private static final String OWNER = "system";
    private static final long TIMEOUT_MS = 10_000;
    private static final long REMEMBERED_NANOS = Duration.ofSeconds(10).toNanos();

    private final HttpClient client;
    private final Optional<String> baseUrl;
    private final Optional<String> apiKey;
    private final List<Model> added;
    private final LongSupplier nanos;
    private volatile @Nullable Known known;

    @Inject
    Provider(Vertx vertx, ModelConfig provider, ModelListConfig models) {
        this(
                vertx,
                provider.baseUrl().map(URI::toString),
                provider.apiKey(),
                models.added(),
                System::nanoTime);
    }

    Provider(
            Vertx vertx,
            Optional<String> baseUrl,
            Optional<String> apiKey,
            Optional<List<String>> added,
            LongSupplier nanos) {
        this.client = vertx.createHttpClient();
        this.baseUrl = baseUrl;
        this.apiKey = apiKey;
        this.added =
                added.orElse(List.of()).stream()
                        .map(id -> new Model(id, Model.OBJECT, 0, OWNER))
                        .toList();
        this.nanos = nanos;
    }

    private record Known(List<Model> models, long since) {}

    /** The provider's models, followed by the configured ones that it does not list. */
    Uni<List<Model>> models() {
        Known before = known;
        if (before != null && nanos.getAsLong() - before.since() < REMEMBERED_NANOS) {
            return Uni.createFrom().item(before.models());
        }
        return baseUrl.isEmpty()
                ? Uni.createFrom().item(added)
                : Uni.createFrom()
                        .completionStage(() -> ask(baseUrl.get()).toCompletionStage())
                        .map(this::withAdded)
                        .invoke(models -> known = new Known(models, nanos.getAsLong()));
    }

    private List<Model> withAdded(List<Model> listed) {
        Set<String> ids = listed.stream().map(Model::id).collect(Collectors.toSet());
        return Stream.concat(
                        listed.stream(), added.stream().filter(model -> !ids.contains(model.id())))
                .toList();
    }

    private Future<List<Model>> ask(String base) {
        RequestOptions request =
                new RequestOptions()
                        .setMethod(HttpMethod.GET)
                        .setAbsoluteURI(base + "/models")
                        .setTimeout(TIMEOUT_MS);
        apiKey.ifPresent(key -> request.putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + key));
        return client.request(request)
                .compose(HttpClientRequest::send)
                .compose(Provider::body)
                .map(Provider::models);
    }

    private static Future<Buffer> body(HttpClientResponse answer) {
        return answer.statusCode() == 200
                ? answer.body()
                : Future.failedFuture(
                        new IllegalStateException("the provider answered " + answer.statusCode()));
    }

    private static List<Model> models(Buffer body) {
        return Json.read(body.getBytes(), JsonNode.class)
                .path("data")
                .valueStream()
                .map(Provider::model)
                .toList();
    }

    private static Model model(JsonNode model) {
        return new Model(
                model.path("id").asText(),
                Model.OBJECT,
                model.path("created").asLong(),
                model.path("owned_by").asText(OWNER));
    }
}
