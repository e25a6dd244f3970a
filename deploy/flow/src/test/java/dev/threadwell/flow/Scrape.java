package dev.threadwell.flow;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a process shows at {@code /q/metrics}. */
record Scrape(String role, String text) {

    private static final Pattern TYPE =
            Pattern.compile("^# TYPE (\\S+) (\\S+)$", Pattern.MULTILINE);

    /** A metric by its name, with its type. */
    record Metric(String name, String type) {

        /** OpenMetrics declares a counter without the ending that its samples have. */
        static Metric of(String declared, String type) {
            boolean bare = type.equals("counter") && !declared.endsWith("_total");
            return new Metric(bare ? declared + "_total" : declared, type);
        }
    }

    Set<Metric> metrics() {
        return TYPE.matcher(text)
                .results()
                .map(found -> Metric.of(found.group(1), found.group(2)))
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
