package dev.threadwell.flow;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;

/** The rows of {@code docs/metrics.md}. */
record MetricsPage(List<Row> rows) {

    private static final Pattern ROW =
            Pattern.compile(
                    "^\\| `([a-z_*]+)` \\| ([a-z]*) *\\|.*\\| ([^|]+) \\|$", Pattern.MULTILINE);
    private static final List<String> ALL = List.of("api-service", "run-worker", "tool-worker");

    /** A metric or, if its name ends with an asterisk, a family of them, which has no type. */
    record Row(String name, String type, List<String> services) {

        boolean isFamily() {
            return name.endsWith("*");
        }

        boolean covers(Scrape.Metric metric) {
            return isFamily()
                    ? metric.name().startsWith(name.substring(0, name.length() - 1))
                    : isOf(metric);
        }

        /** A histogram also has a gauge with its maximum. */
        private boolean isOf(Scrape.Metric metric) {
            return metric.name().equals(name) && metric.type().equals(type)
                    || metric.name().equals(name + "_max") && type.equals("histogram");
        }
    }

    static MetricsPage read() throws IOException {
        String page = Files.readString(Repository.ROOT.resolve("docs/metrics.md"));
        return new MetricsPage(
                ROW.matcher(page)
                        .results()
                        .map(row -> new Row(row.group(1), row.group(2), services(row.group(3))))
                        .toList());
    }

    private static List<String> services(String column) {
        return column.startsWith("all") ? ALL : List.of(column.split(", "));
    }

    boolean covers(Scrape.Metric metric) {
        return rows.stream().anyMatch(row -> row.covers(metric));
    }
}
