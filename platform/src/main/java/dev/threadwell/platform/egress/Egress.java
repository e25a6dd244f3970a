package dev.threadwell.platform.egress;

import dev.threadwell.platform.egress.EgressException.Reason;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * HTTP client for URLs that users supply, with protection against SSRF. A name is resolved once,
 * all its addresses are checked, and the connection goes to a checked address, so that DNS
 * rebinding is not possible; each redirect is checked again. No proxy, cookies or credentials of
 * this installation are used.
 */
@ApplicationScoped
public class Egress {

    private static final int MAX_REDIRECTIONS = 5;
    private static final Set<Integer> REDIRECTIONS = Set.of(301, 302, 303, 307, 308);
    private static final Set<Integer> SAME_METHOD = Set.of(307, 308);
    private static final int LOOKUPS_AT_ONCE = 8;
    private static final int CONNECTIONS_PER_ADDRESS = 64;

    private final Vertx vertx;
    private final AddressRules rules;
    private final Resolver resolver;
    private final HttpClient client;
    private final WorkerExecutor lookups;
    private final EgressMetrics metrics;

    @Inject
    public Egress(Vertx vertx, EgressConfig config, EgressMetrics metrics) {
        this(
                vertx,
                new AddressRules(
                        config.allowed().orElse(List.of()), config.plainHttp(), config.ports()),
                Resolver.ofSystem(),
                new HttpClientOptions(),
                metrics);
    }

    /** Creates a way out with metrics that nobody reads. */
    public Egress(Vertx vertx, EgressConfig config) {
        this(vertx, config, EgressMetrics.unread());
    }

    Egress(
            Vertx vertx,
            AddressRules rules,
            Resolver resolver,
            HttpClientOptions options,
            EgressMetrics metrics) {
        this.metrics = metrics;
        this.vertx = vertx;
        this.rules = rules;
        this.resolver = resolver;
        this.client =
                vertx.createHttpClient(
                        options.setVerifyHost(true)
                                .setForceSni(true)
                                .setDecompressionSupported(false)
                                .setConnectTimeout(10_000)
                                .setKeepAliveTimeout(15)
                                .setMaxPoolSize(CONNECTIONS_PER_ADDRESS));
        this.lookups = vertx.createSharedWorkerExecutor("egress-lookup", LOOKUPS_AT_ONCE);
    }

    /**
     * Sends a request. Fails with an {@link EgressException}, at the latest after the request's
     * timeout. Cancelling the Uni aborts the request.
     */
    public Uni<EgressAnswer> send(EgressRequest request) {
        return Uni.createFrom()
                .emitter(
                        emitter -> {
                            EgressCall journey = new EgressCall(request.timeout());
                            emitter.onTermination(journey::end);
                            var _ =
                                    hop(request, journey, 0)
                                            .onComplete(metrics::ended)
                                            .onSuccess(emitter::complete)
                                            .onFailure(emitter::fail);
                        });
    }

    private Future<EgressAnswer> hop(EgressRequest request, EgressCall journey, int redirections) {
        Duration left = journey.left();
        if (left.toMillis() < 1) {
            return failed(Reason.TIMED_OUT, "it did not answer in time");
        }
        String refusal = rules.refusal(request.url());
        if (refusal != null) {
            return failed(Reason.REFUSED, refusal);
        }
        HttpExchange exchange = new HttpExchange(vertx, client, request, left);
        journey.goesOn(exchange);
        var _ =
                lookups.executeBlocking(() -> judged(request.url()), false)
                        .onSuccess(exchange::begin)
                        .onFailure(exchange::fail);
        return exchange.answer().compose(answer -> next(request, answer, journey, redirections));
    }

    /** Resolves and checks the host; returns the address to connect to, preferably an IPv4 one. */
    private InetAddress judged(URI url) {
        List<InetAddress> found;
        try {
            found = resolver.addresses(lookedUp(url));
        } catch (UnknownHostException | IllegalArgumentException e) {
            throw new EgressException(Reason.UNREACHABLE, "its host is not known");
        }
        String refusal = rules.refusal(url, found);
        if (refusal != null) {
            throw new EgressException(Reason.REFUSED, refusal);
        }
        return found.stream()
                .filter(Inet4Address.class::isInstance)
                .findFirst()
                .orElse(found.getFirst());
    }

    private static String lookedUp(URI url) {
        return AddressRules.name(url.getHost()).replaceAll("^\\[|]$", "");
    }

    private Future<EgressAnswer> next(
            EgressRequest request, EgressAnswer answer, EgressCall journey, int redirections) {
        String location = answer.header("location");
        if (!request.redirects() || !REDIRECTIONS.contains(answer.status()) || location == null) {
            return Future.succeededFuture(answer);
        }
        if (redirections == MAX_REDIRECTIONS) {
            return failed(Reason.BROKEN, "it redirects again and again");
        }
        URI other;
        try {
            other = request.url().resolve(new URI(location));
        } catch (URISyntaxException e) {
            return failed(Reason.BROKEN, "it redirects to what is no URL");
        }
        String refusal = rules.refusal(other);
        if (refusal != null) {
            return failed(Reason.REFUSED, refusal);
        }
        return follows(request, answer, other)
                ? hop(request.redirected(other, request.timeout()), journey, redirections + 1)
                : Future.succeededFuture(answer);
    }

    /**
     * A request other than a read follows a redirect only to the same origin and with the same
     * method, so that its content is sent nowhere else.
     */
    private static boolean follows(EgressRequest request, EgressAnswer answer, URI other) {
        return request.isRead()
                || (SAME_METHOD.contains(answer.status())
                        && EgressRequest.origin(request.url()).equals(EgressRequest.origin(other)));
    }

    private static Future<EgressAnswer> failed(Reason reason, String message) {
        return Future.failedFuture(new EgressException(reason, message));
    }

    @PreDestroy
    void close() {
        var _ = client.close();
        var _ = lookups.close();
    }
}
