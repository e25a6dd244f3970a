package dev.threadwell.toolworker.websearch;

import dev.threadwell.platform.egress.Egress;
import dev.threadwell.platform.egress.EgressAnswer;
import dev.threadwell.platform.egress.EgressException;
import dev.threadwell.platform.egress.EgressRequest;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fetches pages through the guarded way out. Before each request, redirects included, the host is
 * checked against the tool's domains and its {@code robots.txt} is asked.
 */
final class PageFetcher {

    private static final int MAX_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    /** No chunk of a body is larger, so that a body can be cut instead of being refused. */
    private static final int LARGEST_CHUNK = 1024 * 1024;

    private static final Map<String, String> HEADERS =
            Map.of("accept", "text/html, application/xhtml+xml, text/plain;q=0.8");

    private final Egress egress;
    private final Robots robots;
    private final Duration timeout;
    private final int maxBytes;

    PageFetcher(Egress egress, Robots robots, Duration timeout, int maxBytes) {
        this.egress = egress;
        this.robots = robots;
        this.timeout = timeout;
        this.maxBytes = maxBytes;
    }

    /**
     * A page as it came, possibly cut.
     *
     * @param url where it was in the end
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Fetched(URI url, @Nullable String contentType, byte[] body) {}

    /** Fetches the page; fails with {@link PageUnread}. */
    Uni<Fetched> fetch(URI url, Domains domains) {
        return hop(url, domains, 0)
                .ifNoItem()
                .after(timeout)
                .failWith(() -> new PageUnread("it did not answer in time"))
                .onFailure(EgressException.class)
                .transform(e -> new PageUnread(((EgressException) e).why()));
    }

    private Uni<Fetched> hop(URI url, Domains domains, int redirects) {
        if (!domains.permits(url)) {
            return failed("its host is not one of the allowed domains");
        }
        return robots.allow(url)
                .chain(
                        allowed ->
                                allowed
                                        ? egress.send(request(url))
                                        : Uni.createFrom()
                                                .failure(
                                                        new PageUnread(
                                                                "its robots.txt forbids it")))
                .chain(answer -> next(url, answer, domains, redirects));
    }

    private EgressRequest request(URI url) {
        return new EgressRequest(
                        "GET",
                        url,
                        HEADERS,
                        null,
                        timeout,
                        maxBytes + LARGEST_CHUNK,
                        body -> body.length() >= maxBytes)
                .withoutRedirects();
    }

    private Uni<Fetched> next(URI url, EgressAnswer answer, Domains domains, int redirects) {
        String location = answer.header("location");
        if (REDIRECTS.contains(answer.status()) && location != null) {
            if (redirects == MAX_REDIRECTS) {
                return failed("it redirects again and again");
            }
            try {
                return hop(url.resolve(new URI(location)), domains, redirects + 1);
            } catch (URISyntaxException e) {
                return failed("it redirects to what is no URL");
            }
        }
        return answer.succeeded()
                ? Uni.createFrom()
                        .item(new Fetched(url, answer.header("content-type"), answer.body()))
                : failed("it answered with the status " + answer.status());
    }

    private static Uni<Fetched> failed(String why) {
        return Uni.createFrom().failure(new PageUnread(why));
    }
}
