package dev.threadwell.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadmeTest {

    /** A comment with a quick start's name, and the code block that follows it. */
    private static final Pattern MARKED =
            Pattern.compile("<!-- (quickstart\\.\\w+) -->\\s*```\\w*\\n(.*?)```", Pattern.DOTALL);

    /** A link to something in the repository, or to a part of it. */
    private static final Pattern LINK =
            Pattern.compile("\\]\\((?!https?:|#)([^)#]+)(?:#[^)]*)?\\)");

    private static final Pattern FLOW_ROW =
            Pattern.compile("(?m)^\\| \\d+ \\|.*\\]\\(([^)]+\\.java)\\)");

    @ParameterizedTest
    @ValueSource(strings = {"quickstart.py", "quickstart.mjs", "quickstart.sh"})
    void theReadmeShowsTheQuickstartsThatTestsExecute(String name) throws IOException {
        List<String> shown =
                MARKED.matcher(readme())
                        .results()
                        .filter(block -> block.group(1).equals(name))
                        .map(block -> block.group(2))
                        .toList();

        assertThat(shown).containsExactly(Files.readString(Repository.QUICKSTARTS.resolve(name)));
    }

    @Test
    void theFlowTableNamesAFileForEachOfItsNineRows() throws IOException {
        assertThat(FLOW_ROW.matcher(readme()).results()).hasSize(9);
    }

    @Test
    void everyFileThatTheReadmeNamesExists() throws IOException {
        List<Path> missing =
                LINK.matcher(readme())
                        .results()
                        .map((MatchResult link) -> Repository.ROOT.resolve(link.group(1)))
                        .filter(file -> !Files.exists(file))
                        .toList();

        assertThat(missing).isEmpty();
    }

    private static String readme() throws IOException {
        return Files.readString(Repository.ROOT.resolve("README.md"));
    }
}
