package dev.threadwell.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/settings.md} names every setting with its default. The list is made here; a change of
 * a name, a default or a sentence changes it.
 */
class SettingsPageTest {

    private static final String BEGIN = "<!-- settings -->\n";
    private static final String END = "<!-- end of settings -->\n";

    private static final Path REPOSITORY = repository();
    private static final Path PAGE = REPOSITORY.resolve("docs/settings.md");

    private static final String API = "api-service";
    private static final String RUNS = "run-worker";
    private static final String TOOLS = "tool-worker";
    private static final List<String> ALL = List.of(API, RUNS, TOOLS);

    private static final List<String> MODULES =
            List.of("shared-model", "platform", "persistence", "file-search", API, RUNS, TOOLS);

    /** Who reads what is declared in a module that several services share. */
    private static final Map<String, List<String>> READERS =
            Map.ofEntries(
                    Map.entry("threadwell.blobs", ALL),
                    Map.entry("threadwell.database", ALL),
                    Map.entry("threadwell.egress", List.of(RUNS, TOOLS)),
                    Map.entry("threadwell.embeddings", List.of(API, TOOLS)),
                    Map.entry("threadwell.file-search", List.of(API, TOOLS)),
                    Map.entry("threadwell.functions", ALL),
                    Map.entry("threadwell.kafka", ALL),
                    Map.entry("threadwell.log", ALL),
                    Map.entry("threadwell.mcp", List.of(RUNS, TOOLS)),
                    Map.entry("threadwell.metrics", List.of(RUNS)),
                    Map.entry("threadwell.model", ALL),
                    Map.entry("threadwell.tracing", ALL),
                    Map.entry("threadwell.vision", List.of(API, TOOLS)));

    private record Declared(String module, MappingSource source) {

        String prefix() {
            return DeclaredSetting.prefix(source.mapping());
        }
    }

    private static Path repository() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("mvnw"))) {
            directory = Objects.requireNonNull(directory.getParent());
        }
        return directory;
    }

    private static List<Declared> declared() {
        return MODULES.stream()
                .flatMap(
                        module ->
                                MappingSource.below(
                                                REPOSITORY.resolve(module).resolve("src/main/java"))
                                        .stream()
                                        .map(source -> new Declared(module, source)))
                .toList();
    }

    @Test
    void thePageNamesEverySettingWithItsDefault() throws IOException {
        String page = Files.readString(PAGE);
        String made =
                page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
                        + list()
                        + page.substring(page.indexOf(END));
        Path copy = Path.of("target/settings.md");
        Files.createDirectories(copy.getParent());
        Files.writeString(copy, made);
        assertThat(page)
                .as("to renew it: cp deploy/standalone/target/settings.md docs/settings.md")
                .isEqualTo(made);
    }

    @Test
    void everyDefaultCanBeRead() {
        List<Class<?>> mappings =
                declared().stream().<Class<?>>map(declared -> declared.source().mapping()).toList();
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder().addDiscoveredConverters();
        mappings.forEach(builder::withMapping);
        var config = builder.build();
        assertThat(mappings).hasSizeGreaterThan(15);
        assertThat(mappings).allSatisfy(mapping -> config.getConfigMapping(mapping));
    }

    /** A name in a string is in no list, and its default is pinned nowhere. */
    @Test
    void noSettingIsReadPastTheMappings() throws IOException {
        for (String module : MODULES) {
            try (Stream<Path> sources =
                    Files.walk(REPOSITORY.resolve(module).resolve("src/main/java"))) {
                assertThat(sources.filter(Files::isRegularFile))
                        .noneMatch(file -> MappingSource.read(file).contains("ConfigProperty"));
            }
        }
    }

    private static String list() {
        Map<String, List<Declared>> byPrefix =
                declared().stream()
                        .collect(
                                Collectors.groupingBy(
                                        Declared::prefix, TreeMap::new, Collectors.toList()));
        StringBuilder list = new StringBuilder();
        byPrefix.forEach((prefix, mappings) -> list.append(section(prefix, mappings)));
        return list.toString();
    }

    private static String section(String prefix, List<Declared> mappings) {
        String about =
                mappings.stream()
                        .map(declared -> declared.source().sentence())
                        .collect(Collectors.joining(" "));
        Stream<String> readers =
                mappings.stream()
                        .flatMap(
                                declared ->
                                        ALL.contains(declared.module())
                                                ? Stream.of(declared.module())
                                                : readers(prefix).stream())
                        .distinct();
        List<String> rows = new ArrayList<>();
        for (Declared declared : mappings) {
            DeclaredSetting.of(declared.source().mapping()).stream()
                    .map(setting -> row(declared.source(), setting))
                    .forEach(rows::add);
        }
        rows.sort(Comparator.naturalOrder());
        return """

        ### `%s`

        %s Read by %s.

        | setting | environment variable | default | what it says |
        |---|---|---|---|
        %s
        """
                .formatted(
                        prefix,
                        linked(about),
                        readers.collect(Collectors.joining(", ")),
                        String.join("\n", rows));
    }

    private static List<String> readers(String prefix) {
        List<String> readers = READERS.get(prefix);
        if (readers == null) {
            throw new IllegalStateException("say here which services read " + prefix);
        }
        return readers;
    }

    private static String row(MappingSource source, DeclaredSetting setting) {
        return "| `%s` | `%s` | %s | %s |"
                .formatted(
                        setting.name(),
                        setting.variable(),
                        setting.standard()
                                .map(standard -> "`" + standard.replace("|", "\\|") + "`")
                                .orElse(""),
                        linked(source.sentence(setting.declaration())));
    }

    /** Names of decisions lead to them. */
    private static String linked(String text) {
        Matcher decisions = Pattern.compile("ADR (\\d{4})").matcher(text);
        return decisions.replaceAll(
                found -> "[%s](adr/%s)".formatted(found.group(), decision(found.group(1))));
    }

    private static String decision(String number) {
        try (Stream<Path> files = Files.list(REPOSITORY.resolve("docs/adr"))) {
            return files.map(file -> Objects.requireNonNull(file.getFileName()).toString())
                    .filter(name -> name.startsWith(number + "-"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
