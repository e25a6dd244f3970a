package dev.threadwell.flow;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a process shows at {@code /q/metrics}. */
record Scrape(String role, String text) {

    private static final Pattern TYPE =
            Pattern.compile("^# TYPE (\\S+) (\\S+)$", Pattern.MULTILINE);

    /** A metric by its name, with its type. */
    record Metric(String name, String type) {}

    Set<Metric> metrics() {
        return TYPE.matcher(text)
                .results()
                .map(found -> new Metric(found.group(1), found.group(2)))
                .collect(Collectors.toSet());
    }

    boolean has(MetricsPage.Row row) {
        return metrics().stream().anyMatch(row::covers);
    }

    /** Whether the process is this service, or all of them. */
    boolean isOf(String service) {
        return role.equals(service) || role.equals("standalone");
    }
}
