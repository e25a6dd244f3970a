package dev.threadwell.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Dashboards, alerts, their tests, the runbook and the page of metrics belong together. */
@Tag("server")
class ObservabilityTest {

    private static final Path ROOT = root();
    private static final Path FILES = ROOT.resolve("k8s/threadwell/files");
    private static final Path TESTS = ROOT.resolve("deploy/observability/tests/alerts.yaml");
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z_*]+)` \\|", Pattern.MULTILINE);
    private static final Pattern ALERT = Pattern.compile("^ *- alert: (\\w+)$", Pattern.MULTILINE);
    private static final Pattern METRIC =
            Pattern.compile("\\b(threadwell|http_server|kafka|sql|jvm|process|system)_[a-z_]+");

    private static Path root() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("mvnw"))) {
            directory = Objects.requireNonNull(directory.getParent());
        }
        return directory;
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file);
    }

    private static List<Path> files(String directory) throws IOException {
        try (Stream<Path> files = Files.list(FILES.resolve(directory))) {
            return files.sorted().toList();
        }
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
    }

    private static Set<String> alerts() throws IOException {
        Set<String> alerts = new HashSet<>();
        for (Path file : files("rules")) {
            alerts.addAll(found(ALERT, read(file)));
        }
        return alerts;
    }

    private static boolean isDocumented(String metric, Set<String> page) {
        String family = metric.replaceAll("_(bucket|count|sum|max)$", "");
        return page.stream()
                .anyMatch(
                        row ->
                                row.endsWith("*")
                                        ? metric.startsWith(row.substring(0, row.length() - 1))
                                        : row.equals(metric) || row.equals(family));
    }

    @Test
    void everyMetricOfADashboardOrAnAlertIsOnThePage() throws IOException {
        Set<String> page = found(ROW, read(ROOT.resolve("docs/metrics.md")));
        List<Path> all = new ArrayList<>(files("dashboards"));
        all.addAll(files("rules"));
        assertThat(page).hasSizeGreaterThan(40);
        for (Path file : all) {
            assertThat(METRIC.matcher(read(file)).results().map(MatchResult::group).distinct())
                    .as("metrics of %s", file)
                    .isNotEmpty()
                    .allMatch(metric -> isDocumented(metric, page));
        }
    }

    @Test
    void everyAlertHasAParagraphOfTheRunbookAndTheOtherWayRound() throws IOException {
        Set<String> paragraphs =
                found(
                        Pattern.compile("^## (\\w+)$", Pattern.MULTILINE),
                        read(ROOT.resolve("docs/runbook.md")));

        assertThat(alerts()).hasSizeGreaterThan(10).isEqualTo(paragraphs);
    }

    @Test
    void everyParagraphSaysWhatItMeansWhatToLookAtAndWhatToDo() throws IOException {
        String[] paragraphs = read(ROOT.resolve("docs/runbook.md")).split("\n## ", -1);

        assertThat(Stream.of(paragraphs).skip(1))
                .allSatisfy(
                        paragraph ->
                                assertThat(paragraph)
                                        .contains("**Means:**", "**Look at:**", "**Do:**"));
    }

    @Test
    void everyAlertLeadsToItsParagraph() throws IOException {
        for (String alert : alerts()) {
            assertThat(read(FILES.resolve("rules/threadwell.yaml")))
                    .contains("runbook: docs/runbook.md#%s\n".formatted(alert.toLowerCase()));
        }
    }

    @Test
    void everyAlertIsTestedSilentAndFiring() throws IOException {
        String tests = read(TESTS);
        for (String alert : alerts()) {
            assertThat(tests)
                    .contains("alertname: %s\n        exp_alerts: []".formatted(alert))
                    .contains("alertname: %s\n        exp_alerts:\n".formatted(alert));
        }
    }

    @Test
    void aDashboardCanBeReadAndItsPanelsAreDistinct() throws IOException {
        Set<String> uids = new HashSet<>();
        for (Path file : files("dashboards")) {
            JsonNode board = new ObjectMapper().readTree(file.toFile());
            assertThat(uids.add(board.required("uid").asText())).as("uid of %s", file).isTrue();
            assertThat(board.required("panels").valueStream().map(panel -> panel.path("id")))
                    .isNotEmpty()
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void alertsFireAsTheirTestsSay() throws Exception {
        succeeds("promtool", "test", "rules", TESTS.toString());
    }

    /** The expressions of dashboards as rules, with values for Grafana's own variables. */
    @Test
    void everyExpressionOfADashboardIsOne() throws Exception {
        List<String> rules = new ArrayList<>(List.of("groups:", "  - name: d", "    rules:"));
        for (Path file : files("dashboards")) {
            for (JsonNode panel : new ObjectMapper().readTree(file.toFile()).required("panels")) {
                for (JsonNode target : panel.required("targets")) {
                    String expression =
                            target.required("expr").asText().replace("$__rate_interval", "5m");
                    rules.add("      - record: r" + rules.size());
                    rules.add("        expr: '%s'".formatted(expression.replace("'", "''")));
                }
            }
        }
        Path all = Path.of("target/dashboards-as-rules.yaml");
        Files.createDirectories(all.getParent());
        Files.write(all, rules);
        succeeds("promtool", "check", "rules", all.toString());
    }

    private static void succeeds(String... command) throws Exception {
        assumeTrue(isInstalled(command[0]), command[0] + " is not installed");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
