package dev.threadwell.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ReadmeTest {

    private static final Path README = Repository.ROOT.resolve("README.md");

    /** A comment with a quick start's name, and the code block that follows it. */
    private static final Pattern MARKED =
            Pattern.compile("<!-- (quickstart\\.\\w+) -->\\s*```\\w*\\n(.*?)```", Pattern.DOTALL);

    @TestFactory
    Stream<DynamicTest> theReadmeShowsTheQuickstartsThatTestsExecute() throws IOException {
        String readme = Files.exists(README) ? Files.readString(README) : "";
        return MARKED.matcher(readme)
                .results()
                .map(
                        block ->
                                dynamicTest(
                                        block.group(1),
                                        () -> expectFile(block.group(1), block.group(2))));
    }

    @Test
    void everyMarkedBlockIsFound() {
        String readme =
                "<!-- quickstart.py -->\n```python\na\n```\n\n<!-- quickstart.sh -->\n\n```sh\nb\n```\n";

        assertThat(MARKED.matcher(readme).results().map(block -> block.group(2)))
                .containsExactly("a\n", "b\n");
    }

    private static void expectFile(String name, String shown) throws IOException {
        assertThat(shown).isEqualTo(Files.readString(Repository.QUICKSTARTS.resolve(name)));
    }
}
