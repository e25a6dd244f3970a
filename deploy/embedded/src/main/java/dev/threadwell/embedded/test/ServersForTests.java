package dev.threadwell.embedded.test;

import dev.threadwell.embedded.CannotStart;
import dev.threadwell.embedded.Directories;
import dev.threadwell.embedded.EmbeddedServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Starts PostgreSQL and Kafka before the first test of a JVM and stops them after the last one.
 *
 * <p>They belong to the system class loader, so they outlive Quarkus's restarts between test
 * profiles. Their addresses are published as system properties, under the names that Quarkus reads.
 */
public final class ServersForTests implements LauncherSessionListener {

    private static final String KAFKA = "kafka.";

    private @Nullable Path directory;
    private @Nullable EmbeddedServers servers;

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        // Other servers are configured, or an outer session has started them already.
        if (System.getProperty("kafka.bootstrap.servers") != null) {
            return;
        }
        // The tests that need a server are left out: see docs/testing.md.
        if ("fast".equals(System.getProperty("threadwell.test.tier"))) {
            return;
        }
        try {
            directory = Files.createTempDirectory("threadwell-test-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        servers = EmbeddedServers.start(directory, 0, 0);
        properties(servers, directory).forEach(System::setProperty);
        BrokerSwitch.register(servers.kafka(), directory.resolve("kafka"));
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        if (servers == null || directory == null) {
            return;
        }
        properties(servers, directory).keySet().forEach(System::clearProperty);
        BrokerSwitch.stop();
        servers.postgres().close();
        try {
            Directories.delete(directory);
        } catch (IOException e) {
            throw new CannotStart("The tests' directory %s stays.".formatted(directory), e);
        }
    }

    private static Map<String, String> properties(EmbeddedServers servers, Path directory) {
        Map<String, String> properties = new HashMap<>(servers.kafka().serviceSettings());
        properties.putAll(
                Map.of(
                        "quarkus.datasource.reactive.url", servers.postgres().reactiveUrl(),
                        "quarkus.datasource.jdbc.url", servers.postgres().jdbcUrl(),
                        "quarkus.datasource.username", servers.postgres().user(),
                        "quarkus.datasource.password", servers.postgres().password(),
                        "threadwell.blobs.directory", directory.resolve("blobs").toString()));
        return properties;
    }

    /** The settings with which a test's own Kafka client connects to the tests' broker. */
    public static Map<String, Object> kafkaClient() {
        return System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith(KAFKA))
                .collect(
                        Collectors.toUnmodifiableMap(
                                name -> name.substring(KAFKA.length()), System::getProperty));
    }
}
