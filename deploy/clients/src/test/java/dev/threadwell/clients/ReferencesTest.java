package dev.threadwell.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever a source file or a page refers to is in the repository. */
class ReferencesTest {

    private static final Set<String> TYPES =
            Set.of("java", "md", "properties", "sql", "yaml", "yml", "py", "sh", "xml");

    /** What builds, installations and tools leave in the tree. */
    private static final Set<String> NOT_OURS = Set.of("target", "node_modules", "generated");

    private static final Path DECISIONS = Repository.ROOT.resolve("docs/adr");
    private static final Path CONTRACT = Repository.ROOT.resolve("docs/contract.md");

    private static final Map<Path, String> FILES = new TreeMap<>();

    @BeforeAll
    static void readTheRepository() throws IOException {
        Files.walkFileTree(
                Repository.ROOT,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path directory, BasicFileAttributes attributes) {
                        String name = directory.getFileName().toString();
                        boolean ours =
                                directory.equals(Repository.ROOT)
                                        || !(name.startsWith(".") || NOT_OURS.contains(name));
                        return ours ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        String name = file.getFileName().toString();
                        if (TYPES.contains(name.substring(name.lastIndexOf('.') + 1))
                                && !name.startsWith("References")) {
                            FILES.put(
                                    file,
                                    new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        assertThat(FILES).containsKey(CONTRACT).hasSizeGreaterThan(500);
    }

    @Test
    void everyCitedSectionOfTheContractExists() throws IOException {
        List<String> sections = References.sections(Files.readString(CONTRACT));

        assertThat(dangling(References::contractSections, section -> sections.contains(section)))
                .isEmpty();
    }

    @Test
    void theContractIsCitedByNothingThatIsNotInTheRepository() {
        assertThat(
                        dangling(
                                text ->
                                        text.contains("BEHAVIOUR ")
                                                ? List.of("BEHAVIOUR")
                                                : List.of(),
                                word -> false))
                .isEmpty();
    }

    @Test
    void everyCitedDecisionExists() throws IOException {
        List<String> names;
        try (Stream<Path> files = Files.list(DECISIONS)) {
            names = files.map(file -> file.getFileName().toString()).toList();
        }

        assertThat(
                        dangling(
                                References::decisions,
                                decision -> names.stream().anyMatch(n -> n.startsWith(decision))))
                .isEmpty();
    }

    @Test
    void everyDecisionIsInTheIndex() throws IOException {
        String index = Files.readString(DECISIONS.resolve("README.md"));

        try (Stream<Path> files = Files.list(DECISIONS)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .filteredOn(name -> !name.equals("README.md"))
                    .allSatisfy(name -> assertThat(index).contains("(" + name + ")"));
        }
    }

    @Test
    void everyLinkOfAPageLeadsToAFileAndAHeading() {
        Map<Path, List<String>> dangling = new TreeMap<>();
        FILES.forEach(
                (file, text) -> {
                    if (file.toString().endsWith(".md")) {
                        List<String> lost =
                                References.links(text).stream()
                                        .filter(link -> !leadsSomewhere(file, link))
                                        .toList();
                        if (!lost.isEmpty()) {
                            dangling.put(Repository.ROOT.relativize(file), lost);
                        }
                    }
                });

        assertThat(dangling).isEmpty();
    }

    @Test
    void aReferenceIsFoundWhereverTheLineBreaks() {
        assertThat(References.contractSections("in the order of contract 7.1 and 7.2. A"))
                .containsExactly("7.1", "7.2");
        assertThat(References.contractSections("/**\n * as agreed (contract\n * 8.3).\n */"))
                .containsExactly("8.3");
        assertThat(References.decisions("see ADRs 0002,\n// 0004, docs/adr/0019-limits.md"))
                .containsExactly("0002", "0004", "0019-limits.md");
    }

    @Test
    void whatLooksLikeALinkWithinCodeIsNone() {
        assertThat(References.links("[`name`](page.md), `[a-z](-|$)`, [out](https://a.b)"))
                .containsExactly("page.md");
    }

    @Test
    void anAnchorIsFormedAsGitHubDoes() {
        assertThat(References.anchors("# 7. Streams\n```\n# no heading\n```\n### 7.3 `code` **M**"))
                .containsExactly("7-streams", "73-code-m");
    }

    private static boolean leadsSomewhere(Path page, String link) {
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        Path target = path.isEmpty() ? page : page.resolveSibling(path).normalize();
        if (!Files.exists(target)) {
            return false;
        }
        if (hash < 0 || !target.toString().endsWith(".md")) {
            return true;
        }
        return References.anchors(read(target)).contains(link.substring(hash + 1));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The references that lead nowhere, by the file that has them. */
    private static Map<Path, List<String>> dangling(
            Function<String, List<String>> references, Function<String, Boolean> exists) {
        Map<Path, List<String>> dangling = new TreeMap<>();
        FILES.forEach(
                (file, text) -> {
                    List<String> lost =
                            references.apply(text).stream()
                                    .filter(reference -> !exists.apply(reference))
                                    .toList();
                    if (!lost.isEmpty()) {
                        dangling.put(Repository.ROOT.relativize(file), lost);
                    }
                });
        return dangling;
    }
}
