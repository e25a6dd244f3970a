package dev.threadwell.platform.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogLevelsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CATEGORY = "dev.threadwell.test.levels";

    private final Vertx vertx = Vertx.vertx();
    private final Logger logger = Logger.getLogger(CATEGORY);
    @TempDir Path directory;
    private LogLevels levels;

    @BeforeEach
    void start() {
        levels = new LogLevels(vertx, config(file()));
        levels.start(new StartupEvent());
    }

    @AfterEach
    void stop() {
        levels.stop(new ShutdownEvent());
        vertx.close().toCompletionStage().toCompletableFuture().join();
        logger.setLevel(null);
    }

    private Path file() {
        return directory.resolve("levels");
    }

    private void says(String text) throws IOException {
        Files.writeString(file(), text);
    }

    private void becomes(@Nullable String level) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(
                                                logger.getLevel() == null
                                                        ? null
                                                        : logger.getLevel().getName())
                                        .isEqualTo(level));
    }

    private static LogConfig config(Path file) {
        return new LogConfig() {

            @Override
            public Format format() {
                return Format.PLAIN;
            }

            @Override
            public Optional<Path> levelsFile() {
                return Optional.of(file);
            }

            @Override
            public Duration levelsEvery() {
                return Duration.ofMillis(20);
            }
        };
    }

    @Test
    void aLevelIsSetAndSetBackWhileTheProcessRuns() throws IOException {
        says(CATEGORY + "=DEBUG");
        becomes("DEBUG");
        says("# nothing");
        becomes(null);
    }

    @Test
    void aFileThatIsGoneSetsLevelsBack() throws IOException {
        says(CATEGORY + "=WARN");
        becomes("WARN");
        Files.delete(file());
        becomes(null);
    }

    @Test
    void aLevelThatThereIsNotKeepsTheOthersFromNothing() throws IOException {
        says("some.other=LOUD\n" + CATEGORY + "=ERROR");
        becomes("ERROR");
    }
}
