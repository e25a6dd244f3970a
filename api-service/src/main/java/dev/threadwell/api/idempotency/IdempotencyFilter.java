package dev.threadwell.api.idempotency;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.api.http.Administration;
import dev.threadwell.api.http.ApiRequest;
import dev.threadwell.api.http.ResponseHeaders;
import dev.threadwell.api.routes.Route;
import dev.threadwell.api.validation.ValidationErrors;
import dev.threadwell.persistence.project.IdempotencyKeys;
import dev.threadwell.persistence.project.IdempotencyKeys.Answer;
import dev.threadwell.persistence.project.IdempotencyKeys.Attempt;
import dev.threadwell.persistence.project.IdempotencyKeys.Claim;
import dev.threadwell.wire.ApiError;
import dev.threadwell.wire.ApiException;
import dev.threadwell.wire.Json;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Implements {@code Idempotency-Key}: stores the first answer and gives it again. The id of a new
 * object is stored with the key before the work begins. When a process dies before its answer is
 * stored, the next request with the key uses the same id and so finds what the first one created.
 */
@ApplicationScoped
public class IdempotencyFilter {

    private static final Logger LOG = Logger.getLogger(IdempotencyFilter.class);
    private static final String HEADER = "Idempotency-Key";
    private static final String MARK = "Idempotency-Replayed";
    private static final String ATTEMPT = "threadwell.attempt";
    private static final int LONGEST_KEY = 255;

    /** A larger body is not stored: a repetition is answered with the object as it is then. */
    private static final int LARGEST_KEPT = 1 << 20;

    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream";

    private final IdempotencyKeys keys;

    @Inject
    IdempotencyFilter(IdempotencyKeys keys) {
        this.keys = keys;
    }

    /** Passes a request on, unless one with its key was answered before or is in progress. */
    public void admit(ApiRequest request) {
        RoutingContext http = request.http();
        String key = http.request().getHeader(HEADER);
        if (key == null || !isRepeatable(http)) {
            passOn(request);
            return;
        }
        IdempotentTarget outcome = IdempotentTarget.of(Route.of(http), http.normalizedPath());
        Uni.createFrom()
                .deferred(() -> claim(request, checked(key), outcome))
                .subscribe()
                .with(
                        claim -> meet(request, outcome, claim),
                        why -> ResponseHeaders.fail(http, why));
    }

    /**
     * Answers of the administration are not kept: there are values of keys in them, of which only
     * hashes are stored.
     */
    private static boolean isRepeatable(RoutingContext http) {
        return http.request().method().equals(HttpMethod.POST)
                && !Administration.has(http.normalizedPath());
    }

    private static String checked(String key) {
        if (key.isEmpty()) {
            throw ValidationErrors.emptyString(HEADER);
        }
        if (key.length() > LONGEST_KEY) {
            throw ValidationErrors.tooLong(HEADER, LONGEST_KEY, key.length());
        }
        return key;
    }

    private Uni<Claim> claim(ApiRequest request, String key, @Nullable IdempotentTarget outcome) {
        return keys.claim(
                request.project(),
                key,
                RequestFingerprint.of(request),
                outcome == null ? null : outcome.path());
    }

    private void meet(ApiRequest request, @Nullable IdempotentTarget outcome, Claim claim) {
        switch (claim) {
            case Claim.Granted granted -> attempt(request, outcome, granted.attempt());
            case Claim.Answered(Answer answer, String path) -> repeat(request, answer, path);
            case Claim.UnderWay _ -> refuse(request, underWay());
            case Claim.Taken _ -> refuse(request, taken());
        }
    }

    private void attempt(ApiRequest request, @Nullable IdempotentTarget outcome, Attempt attempt) {
        RoutingContext http = request.http();
        if (http.response().ended()) {
            // The time limit has answered while the key was claimed, and the client may retry.
            behind(keys.release(attempt), () -> {});
            return;
        }
        http.put(ATTEMPT, attempt);
        http.addEndHandler(end -> abandon(http));
        if (outcome == null) {
            passOn(request);
            return;
        }
        IdempotentTarget target = outcome.at(attempt.path());
        target.preassign(http);
        if (attempt.number() == 1 || !target.made()) {
            passOn(request);
        } else {
            keys.exists(request.project(), target.id())
                    .subscribe()
                    .with(
                            made -> followUp(request, target, made),
                            why -> ResponseHeaders.fail(http, why));
        }
    }

    /**
     * Shows the object if an earlier attempt without an answer created it; otherwise creates it.
     */
    private static void followUp(ApiRequest request, IdempotentTarget target, boolean made) {
        if (made) {
            rerouteToGet(request, streams(request) ? target.events() : target.path());
        } else {
            passOn(request);
        }
    }

    private static boolean streams(ApiRequest request) {
        return request.body().length() > 0
                && Json.read(request.body().getBytes(), JsonNode.class)
                        .path("stream")
                        .asBoolean(false);
    }

    private static void repeat(ApiRequest request, Answer answer, @Nullable String path) {
        RoutingContext http = request.http();
        if (answer.body() != null) {
            mark(http);
            http.request().resume();
            http.response()
                    .setStatusCode(answer.status())
                    .putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType())
                    .end(answer.body());
        } else if (path != null) {
            rerouteToGet(request, answer.contentType().equals(EVENTS) ? path + "/events" : path);
        } else {
            ResponseHeaders.fail(http, new IllegalStateException("an answer was kept nowhere"));
        }
    }

    private static void passOn(ApiRequest request) {
        Uni.createFrom()
                .deferred(() -> request.wire().upgrade(request))
                .subscribe()
                .with(
                        body -> passOn(request, body),
                        why -> ResponseHeaders.fail(request.http(), why));
    }

    private static void passOn(ApiRequest request, Buffer body) {
        if (request.http().response().ended()) {
            // The time limit has answered in the meantime, and the client may retry.
            return;
        }
        request.with(body).admit();
        request.http().next();
    }

    /**
     * Reroutes the request to the GET of the existing object; it passes the HTTP entry once more.
     */
    private static void rerouteToGet(ApiRequest request, String path) {
        request.admit();
        request.http().reroute(HttpMethod.GET, path);
    }

    /** Passes on a repetition that was rerouted to the GET of the object of an earlier request. */
    public void show(ApiRequest request) {
        RoutingContext http = request.http();
        ResponseHeaders.name(http, request.project());
        mark(http);
        http.request().resume();
        http.next();
    }

    /**
     * Whether the request is a repetition that is answered with the result of the first request.
     */
    public static boolean isRepetition(RoutingContext http) {
        return http.response().headers().contains(MARK);
    }

    private static void mark(RoutingContext http) {
        http.response().putHeader(MARK, "true");
    }

    private static void refuse(ApiRequest request, ApiException why) {
        ResponseHeaders.fail(request.http(), why);
    }

    /** Stores an answer for repetitions and writes it to the client afterwards. */
    public void answer(RoutingContext http, int status, byte[] bytes, Runnable write) {
        Attempt attempt = http.remove(ATTEMPT);
        if (attempt == null) {
            write.run();
            return;
        }
        boolean keeps = stands(attempt, status) && (fits(bytes) || attempt.path() != null);
        Buffer body = fits(bytes) ? Buffer.buffer(bytes) : null;
        behind(
                keeps ? keys.keep(attempt, new Answer(status, JSON, body)) : keys.release(attempt),
                write);
    }

    /** The same for a stream: a repetition is given the run's events from the beginning. */
    public void stream(RoutingContext http, Runnable begin) {
        Attempt attempt = http.remove(ATTEMPT);
        if (attempt == null) {
            begin.run();
        } else {
            behind(keys.keep(attempt, new Answer(200, EVENTS, null)), begin);
        }
    }

    /**
     * Whether an answer is final, so that it is stored. An error of the client is final for the
     * first attempt only: a later attempt may fail because of what the first one has changed.
     */
    private static boolean stands(Attempt attempt, int status) {
        return attempt.number() == 1 ? status < 500 && status != 429 : status < 300;
    }

    private static boolean fits(byte[] answer) {
        return answer.length <= LARGEST_KEPT;
    }

    /**
     * Writes the answer once it is stored. If it cannot be stored it is written all the same,
     * because the work is done.
     */
    private static void behind(Uni<Void> kept, Runnable write) {
        kept.onFailure()
                .invoke(why -> LOG.errorf(why, "an answer is not kept for a repetition"))
                .onFailure()
                .recoverWithNull()
                .subscribe()
                .with(done -> write.run());
    }

    /**
     * Gives the key back if the request was answered without a resource, for example with an error.
     * When the client has disconnected, the resource still works and stores its answer.
     */
    private void abandon(RoutingContext http) {
        Attempt attempt = http.response().ended() ? http.remove(ATTEMPT) : null;
        if (attempt != null) {
            behind(keys.release(attempt), () -> {});
        }
    }

    private static ApiException underWay() {
        return new ApiError(
                        409,
                        "Another request with this Idempotency-Key is still in progress. Please"
                                + " wait for it to finish and try again.",
                        "invalid_request_error",
                        null,
                        "idempotency_key_in_use")
                .thrown();
    }

    private static ApiException taken() {
        return ApiError.badRequest(
                        "This Idempotency-Key was used for another request before. It can only be"
                                + " used again for the same method, path, query and body.",
                        null,
                        "idempotency_key_reused")
                .thrown();
    }
}
