package dev.threadwell.api.entry;

import dev.threadwell.api.auth.AdminKeys;
import dev.threadwell.api.auth.ApiKeys;
import dev.threadwell.api.auth.NeededScope;
import dev.threadwell.api.auth.RateLimit;
import dev.threadwell.api.http.Administration;
import dev.threadwell.api.http.ApiRequest;
import dev.threadwell.api.http.AzureDialect;
import dev.threadwell.api.http.ResponseHeaders;
import dev.threadwell.api.idempotency.IdempotencyFilter;
import dev.threadwell.api.routes.Routes;
import dev.threadwell.api.versions.WireVersions;
import dev.threadwell.project.BusyThread;
import dev.threadwell.project.Project;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Set;

/**
 * The entry of every request: assigns its id, authenticates it, applies the rate limit, reads its
 * body and checks its {@code Idempotency-Key} before a resource sees it. Requests that no resource
 * handles are answered here, so that the framework answers none.
 */
@ApplicationScoped
public class HttpEntry {

    private static final int FIRST = 1_000;
    static final String API = "/v1/";
    private static final Set<HttpMethod> METHODS =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST, HttpMethod.DELETE);

    /** What requests of the administration act in: no project, so that none can be touched. */
    private static final Project ADMINISTRATION =
            new Project("organization", BusyThread.REJECT, null, false);

    private final Routes routes;
    private final ApiKeys keys;
    private final AdminKeys admins;
    private final RateLimit limit;
    private final WireVersions versions;
    private final IdempotencyFilter idempotency;
    private final GracefulShutdown nodeEnd;
    private final BodyReader bodies;
    private final RequestTimeLimit timeLimit;
    private final RequestSpans spans;

    @Inject
    public HttpEntry(
            Routes routes,
            ApiKeys keys,
            AdminKeys admins,
            RateLimit limit,
            WireVersions versions,
            IdempotencyFilter idempotency,
            GracefulShutdown nodeEnd,
            BodyReader bodies,
            RequestTimeLimit timeLimit,
            RequestSpans spans) {
        this.routes = routes;
        this.keys = keys;
        this.admins = admins;
        this.limit = limit;
        this.versions = versions;
        this.idempotency = idempotency;
        this.nodeEnd = nodeEnd;
        this.bodies = bodies;
        this.timeLimit = timeLimit;
        this.spans = spans;
    }

    void open(@Observes Filters filters) {
        filters.register(this::enter, FIRST);
    }

    void close(@Observes Router router) {
        router.route().last().handler(HttpEntry::noSuchUrl).failureHandler(HttpEntry::failed);
        for (int status = 400; status < 600; status++) {
            router.errorHandler(status, HttpEntry::failed);
        }
    }

    private void enter(RoutingContext http) {
        nodeEnd.count(http);
        spans.begin(http);
        routes.of(http).keep(http);
        ResponseHeaders.prepare(http);
        if (ApiRequest.isAdmitted(http)) {
            // A repetition that was rerouted to the GET of what an earlier attempt created.
            idempotency.show(ApiRequest.of(http));
            return;
        }
        if (!isReadable(http)) {
            noSuchUrl(http);
            return;
        }
        if (AzureDialect.isOf(http.normalizedPath())) {
            // The translated request is rerouted and enters here again, under the API's own path.
            AzureDialect.respell(http);
            return;
        }
        HttpServerRequest request = http.request();
        if (!METHODS.contains(request.method())) {
            noSuchUrl(http);
        } else if (!http.normalizedPath().startsWith(API)) {
            http.next();
        } else {
            request.pause();
            timeLimit.begin(http);
            // The Accept header is not reliable: some clients send JSON there and expect a stream.
            request.headers().remove(HttpHeaders.ACCEPT);
            authenticated(http)
                    .subscribe()
                    .with(this::admit, why -> ResponseHeaders.fail(http, why));
        }
    }

    private Uni<ApiRequest> authenticated(RoutingContext http) {
        String authorization = http.request().getHeader(HttpHeaders.AUTHORIZATION);
        String method = http.request().method().name();
        String path = http.normalizedPath();
        if (Administration.has(path)) {
            return admins.keyOf(authorization, method)
                    .onFailure()
                    .transform(why -> AzureDialect.denied(http, why))
                    .invoke(key -> Administration.admit(http, key))
                    .map(_ -> request(http, ADMINISTRATION));
        }
        return keys.projectOf(authorization, NeededScope.of(method, path))
                .onFailure()
                .transform(why -> AzureDialect.denied(http, why))
                .invoke(limit::admit)
                .map(project -> request(http, project));
    }

    private ApiRequest request(RoutingContext http, Project owner) {
        return new ApiRequest(http, owner, versions.of(http), Buffer.buffer());
    }

    /**
     * Whether path and query can be decoded. A wrong percent-encoding would otherwise fail wherever
     * they are read first.
     */
    private static boolean isReadable(RoutingContext http) {
        try {
            return !http.normalizedPath().isEmpty()
                    && (http.request().query() == null || http.request().params() != null);
        } catch (IllegalArgumentException notEncoded) {
            return false;
        }
    }

    private void admit(ApiRequest request) {
        RoutingContext http = request.http();
        if (http.response().ended()) {
            // Authentication took too long, and the time limit has answered.
            return;
        }
        if (!Administration.has(http.normalizedPath())) {
            ResponseHeaders.name(http, request.project());
        }
        if (ApiRequest.isStreamed(http)) {
            if (http.request().getHeader(HttpHeaders.EXPECT) != null) {
                http.response().writeContinue();
            }
            timeLimit.suspend(http);
            // The resource streams the body. Its unread rest is discarded when the answer begins,
            // because a client that is still sending would not read the answer.
            http.addHeadersEndHandler(answered -> http.request().resume());
            idempotency.admit(request);
        } else {
            timeLimit.suspend(http);
            bodies.read(
                    http,
                    body -> {
                        timeLimit.begin(http);
                        idempotency.admit(request.with(body));
                    });
        }
    }

    private static void failed(RoutingContext http) {
        int status = http.statusCode();
        if (status >= 500 && http.failure() != null) {
            ResponseHeaders.fail(http, http.failure());
        } else {
            noSuchUrl(http);
        }
    }

    static void noSuchUrl(RoutingContext http) {
        ResponseHeaders.write(http, ResponseHeaders.noSuchUrl(http));
    }
}
