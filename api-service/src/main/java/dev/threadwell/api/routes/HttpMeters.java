package dev.threadwell.api.routes;

import dev.threadwell.platform.metrics.Buckets;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Gives the metrics of HTTP requests their buckets, and labels from closed sets. A request that is
 * answered before a resource is found, for example because its key is wrong, would otherwise bring
 * its path with all ids, and a client its own method.
 */
@Singleton
public class HttpMeters implements MeterFilter {

    private static final String REQUESTS = "http.server.requests";
    private static final String FAMILY = "http.server.";
    private static final String OTHER = "other";
    private static final Pattern EXPRESSION = Pattern.compile("\\s*:[^{}]*}");
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "DELETE", "PUT", "PATCH", "OPTIONS");

    /** What the framework says in place of a path. */
    private static final Set<String> WORDS = Set.of("NOT_FOUND", "REDIRECTION", "root", "UNKNOWN");

    private final Set<String> paths;

    @Inject
    HttpMeters(Routes routes) {
        this(routes.templates());
    }

    HttpMeters(Set<String> templates) {
        paths =
                Stream.concat(templates.stream().map(HttpMeters::plain), WORDS.stream())
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** A template without the expressions of its variables. */
    private static String plain(String template) {
        return EXPRESSION.matcher(template).replaceAll("}");
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        if (!id.getName().startsWith(FAMILY)) {
            return id;
        }
        List<Tag> tags = new ArrayList<>();
        for (Tag tag : id.getTagsAsIterable()) {
            tags.add(
                    switch (tag.getKey()) {
                        case "uri" -> Tag.of("uri", path(tag.getValue()));
                        case "method" ->
                                Tag.of(
                                        "method",
                                        METHODS.contains(tag.getValue()) ? tag.getValue() : OTHER);
                        default -> tag;
                    });
        }
        return id.replaceTags(tags);
    }

    private String path(String said) {
        String path = plain(said);
        return paths.contains(path) ? path : OTHER;
    }

    @Override
    public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
        if (!id.getName().equals(REQUESTS)) {
            return config;
        }
        double[] bounds =
                Stream.of(Buckets.PROMPT.bounds()).mapToDouble(Duration::toNanos).toArray();
        return DistributionStatisticConfig.builder()
                .serviceLevelObjectives(bounds)
                .build()
                .merge(config);
    }
}
