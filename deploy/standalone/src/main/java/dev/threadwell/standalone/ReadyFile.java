package dev.threadwell.standalone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.threadwell.embedded.Directories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes {@code ready.json} into the data directory when the whole installation is ready, and
 * removes it on shutdown.
 */
final class ReadyFile {

    /** One process, or one server inside a process. */
    record Entry(String role, String id, int port, long pid) {}

    /** The file's content. */
    record Ready(
            String baseUrl,
            String apiKey,
            String adminApiKey,
            String model,
            long pid,
            List<Entry> processes) {}

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();

    private final Settings settings;
    private final Path file;

    ReadyFile(Settings settings) {
        this.settings = settings;
        this.file = in(settings.home());
    }

    static Path in(Path home) {
        return home.resolve("ready.json");
    }

    /**
     * Writes the file with these processes. {@code pid} is the process that a user has to end: the
     * supervisor, if there is one.
     */
    void write(List<Entry> processes) {
        var ready =
                new Ready(
                        settings.baseUrl(),
                        settings.apiKey(),
                        settings.adminKey(),
                        settings.model(),
                        settings.supervisor().orElse(ProcessHandle.current().pid()),
                        processes);
        try {
            Directories.writePrivately(
                    file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(ready) + "\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
