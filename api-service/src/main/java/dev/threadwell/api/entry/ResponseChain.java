package dev.threadwell.api.entry;

import dev.threadwell.api.http.ApiRequest;
import dev.threadwell.api.http.BodyQuirks;
import dev.threadwell.api.http.ResponseHeaders;
import dev.threadwell.api.http.WireVersion;
import dev.threadwell.api.idempotency.IdempotencyFilter;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.Consumer;

/**
 * The steps of every answer, as {@link HttpEntry} has those of every request:
 *
 * <ol>
 *   <li>The API version of the request translates the answer. An older version may read the
 *       database for that, and complete changes there that the request has begun.
 *   <li>The answer to a request with an {@code Idempotency-Key} is stored.
 *   <li>The first byte is written.
 * </ol>
 */
@ApplicationScoped
public class ResponseChain {

    private final IdempotencyFilter idempotency;

    @Inject
    ResponseChain(IdempotencyFilter idempotency) {
        this.idempotency = idempotency;
    }

    /**
     * Sends an answer in JSON.
     *
     * @param write writes the bytes; it has to check whether the time limit has answered already
     */
    void json(RoutingContext http, int status, Object value, Consumer<byte[]> write) {
        translated(http, value)
                .map(translated -> BodyQuirks.bytes(http, translated))
                .subscribe()
                .with(
                        bytes -> idempotency.answer(http, status, bytes, () -> write.accept(bytes)),
                        why -> ResponseHeaders.fail(http, why));
    }

    /** Translates an answer. An error that occurs before the request is admitted has no version. */
    private static Uni<Object> translated(RoutingContext http, Object value) {
        return ApiRequest.isAdmitted(http)
                ? ApiRequest.of(http).wire().downgrade(ApiRequest.of(http), value)
                : Uni.createFrom().item(value);
    }

    /**
     * Sends the events of a run.
     *
     * @param begin begins the stream, with the view of the events that the version has
     */
    public void stream(RoutingContext http, String runId, Consumer<WireVersion.Events> begin) {
        ApiRequest request = ApiRequest.of(http);
        request.wire()
                .events(request, runId)
                .subscribe()
                .with(
                        events -> idempotency.stream(http, () -> begin.accept(events)),
                        why -> ResponseHeaders.fail(http, why));
    }
}
