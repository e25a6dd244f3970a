package dev.threadwell.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of topics in {@code docs/operations.md} has each topic that services create, once. */
class OperationsPageTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z.<>]+)` \\|");

    private static Path page() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("mvnw"))) {
            directory = Objects.requireNonNull(directory.getParent());
        }
        return directory.resolve("docs/operations.md");
    }

    @Test
    void thePageHasEveryTopicOnce() throws IOException {
        String page = Files.readString(page());
        String table =
                page.substring(
                        page.indexOf("<!-- topics -->"), page.indexOf("<!-- end of topics -->"));
        List<String> named =
                ROW.matcher(table).results().map((MatchResult row) -> row.group(1)).toList();

        List<String> created =
                Stream.of(
                                Topics.ofOutbox().stream(),
                                Topics.consumed().stream().map(Topics::dead),
                                Stream.of(Topics.RUN_STREAM, Topics.functionCalled("<name>")))
                        .flatMap(topics -> topics)
                        .toList();
        assertThat(named).containsExactlyInAnyOrderElementsOf(created);
    }
}
