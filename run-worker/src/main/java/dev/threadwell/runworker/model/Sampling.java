package dev.threadwell.runworker.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.threadwell.platform.settings.ModelConfig;
import dev.threadwell.runworker.model.RequestFallbacks.Fallback;
import dev.threadwell.runworker.turn.ModelEvent;
import dev.threadwell.wire.Json;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One sampling, in one or several attempts: a failure before the first token is retried with
 * back-off, and a request that the provider rejects for its form is sent again with a fallback.
 */
final class Sampling implements ModelCall, ResponseBody.Listener {

    private static final Logger LOG = Logger.getLogger(Sampling.class);
    private static final int LONGEST_ERROR = 64 * 1024;
    private static final int OK = 200;
    private static final Set<Integer> BAD_REQUEST = Set.of(400, 422);
    private static final int REDIRECTION = 300;

    /** The dependencies that all samplings of a client share. */
    record Services(
            Vertx vertx,
            ModelConfig config,
            InstantSource clock,
            HttpClient http,
            RequestOptions target,
            RequestFallbacks fallbacks,
            ModelMetrics metrics) {}

    private final Services services;
    private final byte[] asked;
    private final String model;
    private final ModelCall.Listener listener;
    private final ModelMetrics.OfModel metrics;
    private final Set<Fallback> tried = EnumSet.noneOf(Fallback.class);
    private final Set<Fallback> fallbacks;
    private Buffer body;
    private int attempts;
    private boolean begun;
    private boolean over;
    private boolean waiting;
    private int attempt;
    private long heardAt;
    private long sentAt;
    private long watch = -1;
    private @Nullable HttpClientRequest current;

    Sampling(Services services, String model, byte[] request, ModelCall.Listener listener) {
        this.services = services;
        this.model = model;
        this.asked = request;
        this.listener = listener;
        this.metrics = services.metrics().of(model);
        this.fallbacks = services.fallbacks().remembered(model);
        this.body = body();
    }

    private Buffer body() {
        return Buffer.buffer(
                fallbacks.isEmpty()
                        ? asked
                        : Json.bytes(
                                RequestFallbacks.changed(RequestFallbacks.tree(asked), fallbacks)));
    }

    void attempt() {
        if (over) {
            return;
        }
        waiting = false;
        attempts++;
        send();
    }

    private void send() {
        int now = ++attempt;
        sentAt = System.nanoTime();
        services.http()
                .request(services.target())
                .onFailure(e -> failed(ModelFailure.unreachable(), now))
                .onSuccess(request -> send(request, now));
    }

    private void send(HttpClientRequest request, int now) {
        if (isPast(now)) {
            request.reset();
            return;
        }
        current = request;
        heardAt = System.nanoTime();
        watch(now);
        request.exceptionHandler(e -> failed(ModelFailure.unreachable(), now));
        request.response()
                .onFailure(e -> failed(ModelFailure.unreachable(), now))
                .onSuccess(response -> answered(response, now));
        var _ = request.send(body);
    }

    /**
     * Enforces the idle timeout with a timer, because Vert.x's own one ends with the head of the
     * response.
     */
    private void watch(int now) {
        if (isPast(now)) {
            return;
        }
        long left = services.config().idleTimeout().toNanos() - (System.nanoTime() - heardAt);
        if (left <= 0) {
            failed(ModelFailure.unreachable(), now);
        } else {
            watch = services.vertx().setTimer(left / 1_000_000 + 1, t -> watch(now));
        }
    }

    private void answered(HttpClientResponse response, int now) {
        if (isPast(now)) {
            return;
        }
        heardAt = System.nanoTime();
        response.exceptionHandler(e -> failed(ModelFailure.unreachable(), now));
        int status = response.statusCode();
        if (status < OK || status >= REDIRECTION) {
            refused(response, now);
            return;
        }
        ResponseBody answer = new ResponseBody(this, now, response.headers());
        response.handler(
                chunk -> {
                    heardAt = System.nanoTime();
                    if (!isPast(now)) {
                        answer.take(chunk);
                    }
                });
        response.endHandler(
                end -> {
                    if (!isPast(now)) {
                        answer.end();
                    }
                });
    }

    private void refused(HttpClientResponse response, int now) {
        Buffer error = Buffer.buffer();
        response.handler(
                chunk -> {
                    int room = LONGEST_ERROR - error.length();
                    error.appendBuffer(chunk.slice(0, Math.min(room, chunk.length())));
                    if (room <= chunk.length()) {
                        refused(response, error, now);
                    }
                });
        response.endHandler(end -> refused(response, error, now));
    }

    private void refused(HttpClientResponse response, Buffer error, int now) {
        if (isPast(now)) {
            return;
        }
        LOG.debugf("provider refuses status=%d", response.statusCode());
        if (!asksOtherwise(response.statusCode(), error.getBytes())) {
            failed(
                    ModelFailure.of(
                            response.statusCode(),
                            response.headers(),
                            error,
                            services.clock().instant()),
                    now);
        }
    }

    /** Sends the request again with a fallback that matches this error; false if there is none. */
    private boolean asksOtherwise(int status, byte[] refusal) {
        ObjectNode request = RequestFallbacks.tree(body.getBytes());
        Fallback wanted = begun ? null : RequestFallbacks.wanted(status, refusal, request, tried);
        if (wanted != null) {
            LOG.infof("provider is asked otherwise model=%s fallback=%s", model, wanted);
            tried.add(wanted);
            fallbacks.add(wanted);
        } else if (isRefusedForWhatHelpedBefore(status)) {
            services.fallbacks().helped(model, Set.of());
            fallbacks.clear();
        } else {
            return false;
        }
        count("asked_otherwise");
        body = body();
        reset();
        send();
        return true;
    }

    /**
     * Whether a request with remembered fallbacks was rejected; then it is sent without them,
     * because the provider may have changed.
     */
    private boolean isRefusedForWhatHelpedBefore(int status) {
        return !begun && tried.isEmpty() && !fallbacks.isEmpty() && BAD_REQUEST.contains(status);
    }

    @Override
    public boolean heard(List<ModelEvent> events, int now) {
        for (ModelEvent event : events) {
            // The listener may have aborted the sampling at the previous event.
            if (isPast(now)) {
                return false;
            }
            if (!begun) {
                begun = true;
                metrics.begun(System.nanoTime() - sentAt);
                remember();
            }
            listener.on(event);
        }
        return !isPast(now);
    }

    private void remember() {
        if (!fallbacks.isEmpty()) {
            services.fallbacks().helped(model, fallbacks);
        }
    }

    @Override
    public void ended(List<ModelEvent> ofTheWhole, int now) {
        if (heard(ofTheWhole, now)) {
            over = true;
            count("answered");
            current = null;
            services.vertx().cancelTimer(watch);
            listener.ended();
        }
    }

    @Override
    public void reported(ProviderError error, byte[] raw, MultiMap headers, int now) {
        if (isPast(now) || asksOtherwise(OK, raw)) {
            return;
        }
        failed(ModelFailure.reported(error, headers, services.clock().instant()), now);
    }

    /**
     * Whether this attempt is over: an attempt can report its end more than once, and only the
     * first report counts.
     */
    private boolean isPast(int one) {
        return over || waiting || one != attempt;
    }

    @Override
    public void failed(ModelFailure failure, int now) {
        if (isPast(now)) {
            return;
        }
        count(failure.error().code());
        if (begun || !failure.retryable() || attempts >= services.config().attempts()) {
            over = true;
            reset();
            listener.failed(failure.without(services.config().apiKey().orElse("")));
            return;
        }
        waiting = true;
        Duration pause = pause(failure, attempts);
        LOG.debugf("provider is tried again attempt=%d pauseMs=%d", attempts, pause.toMillis());
        reset();
        services.vertx().setTimer(Math.max(1, pause.toMillis()), t -> attempt());
    }

    private void count(String outcome) {
        metrics.ended(outcome, attempts, System.nanoTime() - sentAt);
    }

    private Duration pause(ModelFailure failure, int failed) {
        ModelConfig config = services.config();
        Duration backoff = config.firstBackoff().multipliedBy(1L << Math.min(failed - 1, 16));
        Duration wanted = failure.retryAfter().orElse(backoff);
        return wanted.compareTo(config.longestBackoff()) > 0 ? config.longestBackoff() : wanted;
    }

    private void reset() {
        services.vertx().cancelTimer(watch);
        HttpClientRequest request = current;
        current = null;
        if (request != null) {
            request.reset();
        }
    }

    @Override
    public void abort() {
        if (!over && !waiting && attempt > 0) {
            count("aborted");
        }
        over = true;
        reset();
    }
}
