package dev.threadwell.api.entry;

import dev.threadwell.api.http.ResponseHeaders;
import dev.threadwell.api.limits.RefusalMetrics;
import dev.threadwell.api.limits.RefusalMetrics.Limit;
import dev.threadwell.api.settings.HttpConfig;
import dev.threadwell.api.validation.JsonLimits;
import dev.threadwell.wire.ApiError;
import dev.threadwell.wire.ApiException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Reads the bodies of requests into memory. It limits their bytes, their JSON values and their
 * time, and reads only while the node's {@link BodyBudget} has room for them.
 */
@ApplicationScoped
public class BodyReader {

    /** Smaller bodies are not counted: even thousands of them are harmless. */
    static final int SMALL = 4 * 1024;

    /**
     * A body is in memory as bytes, as parsed values and as JSON that is written from them, so it
     * costs three times its size.
     */
    private static final int COPIES = 3;

    /** What a JSON value costs besides its text: about as much as an object with one field. */
    private static final int VALUE_BYTES = 300;

    /** The minimum rate of a body, after the grace period that every body is given. */
    private static final int BYTES_PER_SECOND = 64 * 1024;

    private final BodyBudget budget;
    private final RefusalMetrics metrics;
    private final int maxBytes;
    private final int maxValues;
    private final Duration grace;

    @Inject
    BodyReader(BodyBudget budget, HttpConfig config, RefusalMetrics metrics) {
        this.metrics = metrics;
        this.budget = budget;
        // A body that exceeds the whole budget is too large (413): a retry (503) would never
        // succeed.
        this.maxBytes = (int) Math.min(config.maxBodyBytes(), budget.total() / COPIES);
        this.maxValues = config.maxBodyValues();
        this.grace = config.readTimeout();
    }

    /** Reads the body, which has been paused, and passes it on when it is complete. */
    void read(RoutingContext http, Consumer<Buffer> whole) {
        Reading reading = new Reading(http, whole);
        http.addEndHandler(end -> reading.share.release());
        try {
            reading.begin();
        } catch (ApiException refused) {
            reading.refuse(refused);
        }
    }

    /** Reserves a share of the budget, until the answer, for a body that its resource streams. */
    public void hold(RoutingContext http, long bytes) {
        BodyBudget.Share share = budget.share();
        http.addEndHandler(end -> share.release());
        if (!share.growTo(Math.min(bytes, budget.total() / 2))) {
            throw noMemory();
        }
    }

    private ApiException noMemory() {
        metrics.refused(Limit.BODY_MEMORY);
        return ApiError.overloaded().thrown();
    }

    private ApiException tooLarge() {
        return new ApiError(
                        413,
                        "The request body is too large. Maximum size is %d bytes."
                                .formatted(maxBytes),
                        "invalid_request_error",
                        null,
                        null)
                .thrown();
    }

    static ApiException tooSlow() {
        return new ApiError(
                        408,
                        "The body of your request did not arrive in time.",
                        "invalid_request_error",
                        null,
                        null)
                .thrown();
    }

    /** The state of one body while it is read. */
    private final class Reading {

        private final RoutingContext http;
        private final HttpServerRequest request;
        private final Consumer<Buffer> whole;
        private final BodyBudget.Share share = budget.share();
        private final long start = System.nanoTime();
        private Buffer body = Buffer.buffer();
        private long discarded;
        private boolean complete;
        private long timer;

        Reading(RoutingContext http, Consumer<Buffer> whole) {
            this.http = http;
            this.request = http.request();
            this.whole = whole;
        }

        void begin() {
            long announced = announced();
            if (announced > maxBytes) {
                throw tooLarge();
            }
            take(announced);
            if (request.getHeader(HttpHeaders.EXPECT) != null) {
                http.response().writeContinue();
            }
            body = Buffer.buffer(Math.toIntExact(announced));
            awaitMore(grace.toMillis());
            http.addEndHandler(end -> http.vertx().cancelTimer(timer));
            request.handler(this::add);
            request.endHandler(end -> end());
            request.resume();
        }

        /** The length that the client has announced; 0 if it has announced none. */
        private long announced() {
            String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
            return length == null || !length.matches("[0-9]{1,18}") ? 0 : Long.parseLong(length);
        }

        private void take(long bytes) {
            if (bytes > SMALL && !share.growTo(COPIES * bytes)) {
                throw noMemory();
            }
        }

        private void add(Buffer piece) {
            if (http.response().ended()) {
                discard(piece);
                return;
            }
            try {
                int length = body.length() + piece.length();
                if (length > maxBytes) {
                    throw tooLarge();
                }
                take(length);
                body.appendBuffer(piece);
            } catch (ApiException refused) {
                refuse(refused);
            }
        }

        private void end() {
            if (http.response().ended()) {
                return;
            }
            complete = true;
            http.vertx().cancelTimer(timer);
            try {
                measure();
            } catch (ApiException refused) {
                refuse(refused);
                return;
            }
            whole.accept(body);
        }

        private void measure() {
            if (body.length() > SMALL) {
                long values = JsonLimits.countValues(body.getBytes(), maxValues);
                if (values > maxValues) {
                    throw JsonLimits.tooManyValues(maxValues);
                }
                if (!share.growTo((long) COPIES * body.length() + VALUE_BYTES * values)) {
                    throw noMemory();
                }
            }
        }

        private void awaitMore(long millis) {
            timer = http.vertx().setTimer(millis, now -> checkTime());
        }

        private void checkTime() {
            long allowed = grace.toMillis() + body.length() * 1_000L / BYTES_PER_SECOND;
            long left = allowed - Duration.ofNanos(System.nanoTime() - start).toMillis();
            if (left > 0) {
                awaitMore(left);
            } else if (!http.response().ended()) {
                refuse(tooSlow());
                request.connection().close();
            }
        }

        /**
         * Answers with an error. The rest of the body is read and discarded, because a client that
         * is still sending would not read the answer.
         */
        private void refuse(ApiException why) {
            body = Buffer.buffer();
            share.release();
            if (!complete) {
                request.handler(this::discard);
            }
            ResponseHeaders.fail(http, why);
        }

        private void discard(Buffer piece) {
            discarded += piece.length();
            if (discarded > 2L * maxBytes) {
                request.connection().close();
            }
        }
    }
}
