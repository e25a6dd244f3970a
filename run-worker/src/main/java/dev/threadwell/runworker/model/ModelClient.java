package dev.threadwell.runworker.model;

import dev.threadwell.platform.settings.ModelConfig;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.InstantSource;

/**
 * Client of a provider of OpenAI-compatible chat completions, streamed and non-blocking. Failures
 * before the first token are retried with back-off.
 */
@ApplicationScoped
public class ModelClient implements ChatModel {

    private final HttpClient http;
    private final Sampling.Services services;
    private final ContextWindows windows;
    private final ModelEndpoint endpoint;

    @Inject
    public ModelClient(Vertx vertx, ModelConfig config, InstantSource clock, ModelMetrics metrics) {
        this.windows = new ContextWindows(config.contextWindows(), config.contextTokens());
        String url = chatCompletions(config);
        this.endpoint = ModelEndpoint.of(URI.create(url));
        this.http =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                .setTcpNoDelay(true)
                                .setKeepAliveTimeout(30)
                                // Some providers compress the response although the request does
                                // not allow it.
                                .setDecompressionSupported(true)
                                .setConnectTimeout((int) config.connectTimeout().toMillis()),
                        new PoolOptions().setHttp1MaxSize(config.connections()));
        RequestOptions target =
                new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setAbsoluteURI(url)
                        .putHeader("content-type", "application/json")
                        .putHeader("accept", "text/event-stream")
                        .putHeader("accept-encoding", "identity");
        config.apiKey().ifPresent(key -> target.putHeader("authorization", "Bearer " + key));
        this.services =
                new Sampling.Services(
                        vertx, config, clock, http, target, new RequestFallbacks(clock), metrics);
    }

    /** Creates a client with metrics that nobody reads. */
    ModelClient(Vertx vertx, ModelConfig config, InstantSource clock) {
        this(vertx, config, clock, ModelMetrics.unread());
    }

    private static String chatCompletions(ModelConfig config) {
        String base =
                config.baseUrl()
                        .map(URI::toString)
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "threadwell.model.base-url is not set"));
        return (base.endsWith("/") ? base : base + "/") + "chat/completions";
    }

    @Override
    public ModelCall stream(String model, byte[] request, ModelCall.Listener listener) {
        Sampling sampling = new Sampling(services, model, request, listener);
        sampling.attempt();
        return sampling;
    }

    @Override
    public ModelEndpoint endpoint() {
        return endpoint;
    }

    @Override
    public int contextTokens(String model) {
        return windows.of(model);
    }

    @PreDestroy
    void close() {
        var _ = http.close();
    }
}
