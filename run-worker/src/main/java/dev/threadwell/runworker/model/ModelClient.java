package dev.threadwell.runworker.model;

import dev.threadwell.runworker.turn.ModelEvent;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A provider of OpenAI-compatible chat completions, streamed. Thin on purpose: no thread a stream,
 * nothing collected; what fails before the first token is tried again with back-off.
 */
@ApplicationScoped
public class ModelClient {

    private static final Logger LOG = Logger.getLogger(ModelClient.class);
    private static final int LONGEST_LINE = 4 * 1024 * 1024;
    private static final int LONGEST_ERROR = 64 * 1024;
    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

    private final Vertx vertx;
    private final ModelConfig config;
    private final InstantSource clock;
    private final HttpClient http;
    private final RequestOptions target;
    private final ContextWindows windows;

    @Inject
    public ModelClient(Vertx vertx, ModelConfig config, InstantSource clock) {
        this.vertx = vertx;
        this.config = config;
        this.clock = clock;
        this.windows = new ContextWindows(config.contextWindows(), config.contextTokens());
        this.http =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                .setTcpNoDelay(true)
                                .setKeepAliveTimeout(30)
                                .setConnectTimeout((int) config.connectTimeout().toMillis()),
                        new PoolOptions().setHttp1MaxSize(config.connections()));
        this.target =
                new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setAbsoluteURI(chatCompletions(config))
                        .putHeader("content-type", "application/json")
                        .putHeader("accept", "text/event-stream");
        config.apiKey().ifPresent(key -> target.putHeader("authorization", "Bearer " + key));
    }

    private static String chatCompletions(ModelConfig config) {
        String base = config.baseUrl().toString();
        return (base.endsWith("/") ? base : base + "/") + "chat/completions";
    }

    /** Starts a sampling on the current Vert.x context. */
    public ModelCall stream(byte[] request, ModelCall.Listener listener) {
        Sampling sampling = new Sampling(Buffer.buffer(request), listener);
        sampling.attempt();
        return sampling;
    }

    /** How many tokens this model takes in and puts out together. */
    public int contextTokens(String model) {
        return windows.of(model);
    }

    @PreDestroy
    void close() {
        var _ = http.close();
    }

    private final class Sampling implements ModelCall {

        private final Buffer body;
        private final Listener listener;
        private int attempts;
        private boolean begun;
        private boolean over;
        private boolean waiting;
        private long heardAt;
        private long watch = -1;
        private @Nullable HttpClientRequest current;

        Sampling(Buffer body, Listener listener) {
            this.body = body;
            this.listener = listener;
        }

        void attempt() {
            if (over) {
                return;
            }
            waiting = false;
            attempts++;
            http.request(target)
                    .onFailure(e -> failed(ModelFailure.unreachable(), attempts))
                    .onSuccess(this::send);
        }

        private void send(HttpClientRequest request) {
            if (over) {
                request.reset();
                return;
            }
            current = request;
            int attempt = attempts;
            heardAt = System.nanoTime();
            watch(attempt);
            request.exceptionHandler(e -> failed(ModelFailure.unreachable(), attempt));
            request.response()
                    .onFailure(e -> failed(ModelFailure.unreachable(), attempt))
                    .onSuccess(response -> answered(response, attempt));
            var _ = request.send(body);
        }

        /** Vert.x's own idle timeout ends with the head of the response. */
        private void watch(int attempt) {
            if (isPast(attempt)) {
                return;
            }
            long left = config.idleTimeout().toNanos() - (System.nanoTime() - heardAt);
            if (left <= 0) {
                failed(ModelFailure.unreachable(), attempt);
            } else {
                watch = vertx.setTimer(left / 1_000_000 + 1, t -> watch(attempt));
            }
        }

        private void answered(HttpClientResponse response, int attempt) {
            if (isPast(attempt)) {
                return;
            }
            heardAt = System.nanoTime();
            response.exceptionHandler(e -> failed(ModelFailure.unreachable(), attempt));
            if (response.statusCode() != 200) {
                refused(response, attempt);
                return;
            }
            SseSplitter splitter = new SseSplitter(LONGEST_LINE);
            response.handler(
                    chunk -> {
                        heardAt = System.nanoTime();
                        if (!splitter.feed(chunk, data -> take(data, attempt))) {
                            failed(ModelFailure.unreadable(), attempt);
                        }
                    });
            response.endHandler(end -> ended(attempt));
        }

        private void refused(HttpClientResponse response, int attempt) {
            Buffer error = Buffer.buffer();
            response.handler(
                    chunk -> {
                        if (error.length() < LONGEST_ERROR) {
                            error.appendBuffer(chunk);
                        }
                    });
            response.endHandler(
                    end -> {
                        LOG.debugf("provider refuses status=%d", response.statusCode());
                        failed(
                                ModelFailure.of(
                                        response.statusCode(),
                                        response.headers(),
                                        error,
                                        clock.instant()),
                                attempt);
                    });
        }

        private void take(byte[] data, int attempt) {
            if (isPast(attempt)) {
                return;
            }
            if (Arrays.equals(data, DONE)) {
                ended(attempt);
                return;
            }
            try {
                for (ModelEvent event : ChunkReader.read(data)) {
                    // The listener may have aborted at the event before.
                    if (!over) {
                        begun = true;
                        listener.on(event);
                    }
                }
            } catch (ChunkReader.ErrorInStream e) {
                failed(ModelFailure.reported(e.error()), attempt);
            } catch (IOException e) {
                failed(ModelFailure.unreadable(), attempt);
            }
        }

        private void ended(int attempt) {
            if (!isPast(attempt)) {
                over = true;
                current = null;
                vertx.cancelTimer(watch);
                listener.ended();
            }
        }

        /** An attempt can report its end more than once; the first report counts. */
        private boolean isPast(int attempt) {
            return over || waiting || attempt != attempts;
        }

        private void failed(ModelFailure failure, int attempt) {
            if (isPast(attempt)) {
                return;
            }
            if (begun || !failure.retryable() || attempts >= config.attempts()) {
                over = true;
                reset();
                listener.failed(failure);
                return;
            }
            waiting = true;
            Duration pause = pause(failure, attempts);
            LOG.debugf("provider is tried again attempt=%d pauseMs=%d", attempts, pause.toMillis());
            reset();
            vertx.setTimer(Math.max(1, pause.toMillis()), t -> attempt());
        }

        private Duration pause(ModelFailure failure, int failed) {
            Duration backoff = config.firstBackoff().multipliedBy(1L << Math.min(failed - 1, 16));
            Duration wanted = failure.retryAfter().orElse(backoff);
            return wanted.compareTo(config.longestBackoff()) > 0 ? config.longestBackoff() : wanted;
        }

        private void reset() {
            vertx.cancelTimer(watch);
            HttpClientRequest request = current;
            current = null;
            if (request != null) {
                request.reset();
            }
        }

        @Override
        public void abort() {
            over = true;
            reset();
        }
    }
}
