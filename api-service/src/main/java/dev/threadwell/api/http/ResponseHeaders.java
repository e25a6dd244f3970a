package dev.threadwell.api.http;

import dev.threadwell.api.routes.AnswerQuirk;
import dev.threadwell.api.routes.Route;
import dev.threadwell.platform.outbox.TransientFailures;
import dev.threadwell.wire.ApiError;
import dev.threadwell.wire.ApiException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Sets the headers of every answer and writes every error. */
public final class ResponseHeaders {

    private static final Logger LOG = Logger.getLogger(ResponseHeaders.class);
    private static final String REQUEST_ID = "x-request-id";

    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream";

    /** The status of a request that may succeed when it is retried soon. */
    public static final int OVERLOADED = 503;

    /** How long such a client should wait before its retry. */
    public static final String RETRY_AFTER_SECONDS = "2";

    private ResponseHeaders() {}

    /** Sets the request id and the headers of the original API on the answer. */
    public static void prepare(RoutingContext http) {
        long start = System.nanoTime();
        HttpServerResponse response = http.response();
        response.putHeader(REQUEST_ID, "req_" + UUID.randomUUID().toString().replace("-", ""));
        response.putHeader("openai-version", "2020-10-01");
        response.putHeader("openai-organization", "threadwell");
        response.putHeader("x-content-type-options", "nosniff");
        if (Route.of(http).has(AnswerQuirk.ANY_ORIGIN)) {
            response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        }
        http.addHeadersEndHandler(end -> finish(response, start));
    }

    /** Adds the header that names the project. */
    public static void name(RoutingContext http, String project) {
        http.response().putHeader("openai-project", project);
    }

    /**
     * Tells a polling client after how many milliseconds to ask again; without it some wait for
     * five seconds.
     */
    public static void pollAfter(RoutingContext http, String millis) {
        http.response().putHeader("openai-poll-after-ms", millis);
    }

    private static void finish(HttpServerResponse response, long start) {
        response.putHeader(
                "openai-processing-ms", Long.toString((System.nanoTime() - start) / 1_000_000));
        String type = response.headers().get(HttpHeaders.CONTENT_TYPE);
        // The framework writes content types in its own form; these are the original API's.
        if (type != null && type.startsWith(JSON)) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, JSON);
        } else if (type != null && type.startsWith(EVENTS)) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, EVENTS + "; charset=utf-8");
        }
    }

    /** Answers with the error for this failure. */
    public static void fail(RoutingContext http, Throwable failure) {
        write(http, error(http, failure));
    }

    /** The error for this failure; an unexpected failure is logged. */
    public static ApiError error(RoutingContext http, Throwable failure) {
        if (failure instanceof ApiException known) {
            return known.error();
        }
        String requestId = requestId(http);
        if (failure instanceof HttpClosedException) {
            LOG.infof("client went before its request was whole requestId=%s", requestId);
            return ApiError.server(requestId);
        }
        if (TransientFailures.isOutage(failure)) {
            LOG.warnf(
                    new Trace(failure),
                    "database or another server is away requestId=%s",
                    requestId);
            return ApiError.overloaded();
        }
        LOG.errorf(new Trace(failure), "request failed requestId=%s", requestId);
        return ApiError.server(requestId);
    }

    /** The id of the request as its client sees it; empty if it has none yet. */
    public static String requestId(RoutingContext http) {
        String id = http.response().headers().get(REQUEST_ID);
        return id == null ? "" : id;
    }

    /** The path; the whole URI as it was sent if it has no readable path. */
    static String path(RoutingContext http) {
        String path = http.request().path();
        return path == null ? http.request().uri() : path;
    }

    public static ApiError noSuchUrl(RoutingContext http) {
        return AzureDialect.isOf(http)
                ? AzureDialect.noSuchResource()
                : ApiError.noSuchUrl(http.request().method().name(), path(http));
    }

    public static void write(RoutingContext http, ApiError error) {
        HttpServerResponse response = http.response();
        if (!response.headers().contains(REQUEST_ID)) {
            prepare(http);
        }
        // A refused {@code Expect: 100-continue} closes the connection: the client may send the
        // body all the same or a new request next, and the two could not be told apart.
        boolean closes =
                http.request().getHeader(HttpHeaders.EXPECT) != null && !http.request().isEnded();
        // An unread body would block the next request on the connection.
        http.request().resume();
        if (!response.ended() && !response.headWritten()) {
            if (error.status() == OVERLOADED) {
                response.putHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
            }
            if (closes) {
                response.putHeader(HttpHeaders.CONNECTION, "close");
            }
            response.setStatusCode(error.status())
                    .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                    .end(Buffer.buffer(BodyQuirks.bytes(http, BodyQuirks.error(http, error))));
        }
    }

    /**
     * The stack trace of a failure without its messages, which may quote a client's data: that must
     * not reach the log.
     */
    private static final class Trace extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Trace(Throwable failure) {
            super(
                    failure.getClass().getName(),
                    failure.getCause() == null ? null : new Trace(failure.getCause()));
            setStackTrace(failure.getStackTrace());
        }
    }
}
