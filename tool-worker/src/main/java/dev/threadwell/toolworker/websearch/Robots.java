package dev.threadwell.toolworker.websearch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.threadwell.platform.egress.Egress;
import dev.threadwell.platform.egress.EgressAnswer;
import dev.threadwell.platform.egress.EgressException;
import dev.threadwell.platform.egress.EgressRequest;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * Fetches and keeps the {@code robots.txt} of hosts. By RFC 9309 everything is allowed on a host
 * that says it has none, and nothing on one that fails to answer.
 */
final class Robots {

    /** How much of it has to be read at least. */
    private static final int BYTES = 500 * 1024;

    private static final int MAX_BYTES = 2 * 1024 * 1024;
    private static final long CACHE_BYTES = 8L * 1024 * 1024;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration KEPT = Duration.ofHours(1);
    private static final Duration KEPT_AFTER_A_FAILURE = Duration.ofMinutes(1);

    private final Egress egress;
    private final Cache<String, RobotsTxt> known =
            Caffeine.newBuilder()
                    .maximumWeight(CACHE_BYTES)
                    .weigher((String origin, RobotsTxt rules) -> origin.length() + rules.bytes())
                    .expireAfter(
                            Expiry.<String, RobotsTxt>creating(
                                    (_, rules) ->
                                            rules.equals(RobotsTxt.ALLOWS_NOTHING)
                                                    ? KEPT_AFTER_A_FAILURE
                                                    : KEPT))
                    .build();

    Robots(Egress egress) {
        this.egress = egress;
    }

    /** Whether this URL may be fetched. */
    Uni<Boolean> allow(URI url) {
        String origin = origin(url);
        RobotsTxt rules = known.getIfPresent(origin);
        Uni<RobotsTxt> found =
                rules == null
                        ? fetched(origin).invoke(read -> known.put(origin, read))
                        : Uni.createFrom().item(rules);
        return found.map(its -> its.allows(path(url)));
    }

    private static String origin(URI url) {
        return (url.getScheme() + "://" + url.getRawAuthority()).toLowerCase(Locale.ROOT);
    }

    private static String path(URI url) {
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }

    private Uni<RobotsTxt> fetched(String origin) {
        EgressRequest request =
                EgressRequest.get(URI.create(origin + "/robots.txt"), TIMEOUT, MAX_BYTES)
                        .until(body -> body.length() >= BYTES);
        return egress.send(request)
                .map(Robots::rules)
                .onFailure(EgressException.class)
                .recoverWithItem(RobotsTxt.ALLOWS_NOTHING);
    }

    private static RobotsTxt rules(EgressAnswer answer) {
        if (answer.succeeded()) {
            int length = Math.min(BYTES, answer.body().length);
            return RobotsTxt.of(new String(answer.body(), 0, length, StandardCharsets.UTF_8));
        }
        boolean hasNone = answer.status() >= 400 && answer.status() < 500;
        return hasNone ? RobotsTxt.ALLOWS_ALL : RobotsTxt.ALLOWS_NOTHING;
    }
}
