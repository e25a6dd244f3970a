package dev.threadwell.standalone;

import dev.threadwell.embedded.CannotStart;
import dev.threadwell.embedded.Directories;
import dev.threadwell.project.KeyValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Settings from the environment: data directory, port, API key, admin key, model provider, and the
 * providers of tools.
 *
 * @param tools the properties of the providers that tools use, as the services read them
 * @param supervisor the pid of the supervisor of this process, which holds the lock of the data
 *     directory
 */
public record Settings(
        Path home,
        int port,
        String apiKey,
        String adminKey,
        Optional<Provider> provider,
        Map<String, String> tools,
        Optional<Long> supervisor) {

    /** An OpenAI-compatible model provider. */
    public record Provider(String baseUrl, String apiKey) {
        @Override
        public String toString() {
            return baseUrl;
        }
    }

    /** The properties of the providers that tools use, by their short environment variables. */
    private static final Map<String, String> TOOLS =
            Map.ofEntries(
                    Map.entry("IMAGE_BASE_URL", "threadwell.image-generation.base-url"),
                    Map.entry("IMAGE_API_KEY", "threadwell.image-generation.api-key"),
                    Map.entry("IMAGE_MODEL", "threadwell.image-generation.model"),
                    Map.entry("VISION_BASE_URL", "threadwell.vision.base-url"),
                    Map.entry("VISION_API_KEY", "threadwell.vision.api-key"),
                    Map.entry("VISION_MODEL", "threadwell.vision.model"));

    /**
     * Reads the environment. If it contains no API key or admin key, one is generated at the first
     * start and stored.
     */
    public static Settings from(Map<String, String> environment) {
        Path home = Path.of(environment.getOrDefault("THREADWELL_HOME", ".threadwell"));
        try {
            Path real = Files.createDirectories(home).toRealPath();
            Files.createDirectories(real.resolve("logs"));
            return new Settings(
                    real,
                    port(environment.getOrDefault("THREADWELL_PORT", "8080")),
                    key(
                            environment.getOrDefault("THREADWELL_API_KEY", ""),
                            real.resolve("api-key"),
                            KeyValue.PROJECT),
                    key(
                            environment.getOrDefault("THREADWELL_ADMIN_KEY", ""),
                            real.resolve("admin-key"),
                            KeyValue.ADMIN),
                    provider(environment),
                    tools(environment),
                    Optional.ofNullable(environment.get(OneJvmSupervisor.PID_VARIABLE))
                            .map(Long::valueOf));
        } catch (IOException e) {
            throw new CannotStart(
                    "The data directory %s can not be used: %s.".formatted(home, e), e);
        }
    }

    /** The log file of a process. */
    public Path log(String id) {
        return home.resolve("logs").resolve(id + ".log");
    }

    public String baseUrl() {
        return "http://127.0.0.1:%d/v1".formatted(port);
    }

    /** The model provider's name for display. */
    public String model() {
        return provider.map(Provider::toString).orElse("simulator");
    }

    private static int port(String text) {
        if (!text.matches("[1-9][0-9]{0,4}") || Integer.parseInt(text) > 65_535) {
            throw new CannotStart("THREADWELL_PORT is '%s', which is no port.".formatted(text));
        }
        return Integer.parseInt(text);
    }

    private static Optional<Provider> provider(Map<String, String> environment) {
        return Optional.of(environment.getOrDefault("MODEL_BASE_URL", ""))
                .filter(url -> !url.isBlank())
                .map(url -> new Provider(url, environment.getOrDefault("MODEL_API_KEY", "")));
    }

    private static Map<String, String> tools(Map<String, String> environment) {
        Map<String, String> properties = new HashMap<>(SearchProvider.of(environment));
        TOOLS.forEach(
                (variable, property) -> {
                    String value = environment.getOrDefault(variable, "");
                    if (!value.isBlank()) {
                        properties.put(property, value);
                    }
                });
        return Map.copyOf(properties);
    }

    private static String key(String given, Path kept, String prefix) throws IOException {
        if (!given.isBlank()) {
            return given;
        }
        if (!Files.exists(kept)) {
            Directories.writePrivately(kept, KeyValue.create(prefix));
        }
        return Files.readString(kept).strip();
    }
}
