package dev.threadwell.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;

/** A Kafka broker with its controller, running in this JVM. */
public final class EmbeddedKafka implements AutoCloseable {

    // Strong references, because java.util.logging garbage-collects unreferenced loggers together
    // with their levels.
    private static final List<Logger> CHATTY =
            Stream.of("kafka", "org.apache.kafka", "state.change.logger")
                    .map(Logger::getLogger)
                    .toList();

    private final DirectoryLock lock;
    private final KafkaRaftServer server;
    private final int port;
    private final int controllerPort;
    private final KafkaCredentials credentials;

    private EmbeddedKafka(
            DirectoryLock lock,
            KafkaRaftServer server,
            int port,
            int controllerPort,
            KafkaCredentials credentials) {
        this.lock = lock;
        this.server = server;
        this.port = port;
        this.controllerPort = controllerPort;
        this.credentials = credentials;
    }

    /**
     * Starts the broker on a directory and returns when it serves. Port 0 means the port of the
     * last start, or else a free one.
     */
    public static EmbeddedKafka start(Path directory, int port) {
        DirectoryLock lock = DirectoryLock.hold(directory, "Kafka");
        try {
            CHATTY.stream()
                    .filter(logger -> logger.getLevel() == null)
                    .forEach(logger -> logger.setLevel(Level.WARNING));
            Path data = directory.toRealPath().resolve("data");
            format(directory, data);
            int chosen = ServerPort.choose(directory, port, "Kafka");
            var credentials = KafkaCredentials.in(directory);
            int controller = ServerPort.free();
            var settings = KafkaSettings.of(data, chosen, controller, credentials);
            var kafka = new EmbeddedKafka(lock, serving(settings), chosen, controller, credentials);
            credentials.writeClientFile(directory, chosen);
            return kafka;
        } catch (CannotStart e) {
            lock.close();
            throw e;
        } catch (Exception e) {
            lock.close();
            throw broken(directory, e.getMessage() == null ? e.toString() : e.getMessage(), e);
        }
    }

    public int port() {
        return port;
    }

    int controllerPort() {
        return controllerPort;
    }

    /** The settings with which a Kafka client connects to this broker. */
    public Map<String, String> clientSettings() {
        return credentials.clientSettings(port);
    }

    /** The same under the names that the services read. */
    public Map<String, String> serviceSettings() {
        return credentials.serviceSettings(port);
    }

    /** Creates the missing topics, with the given number of partitions each. */
    public void createTopics(Map<String, Integer> partitions) {
        KafkaTopics.create(clientSettings(), partitions);
    }

    @Override
    public void close() {
        try {
            server.shutdown();
            server.awaitShutdown();
        } finally {
            lock.close();
        }
    }

    private static KafkaRaftServer serving(Map<String, String> settings) {
        var server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
        try {
            server.startup();
            return server;
        } catch (RuntimeException e) {
            server.shutdown();
            throw e;
        }
    }

    // Formats a temporary directory and renames it when it is complete, so that a killed start
    // leaves no half-formatted directory.
    private static void format(Path directory, Path data) throws Exception {
        if (Files.exists(data.resolve("meta.properties"))) {
            return;
        }
        if (Files.exists(data)) {
            throw broken(directory, "its file 'data/meta.properties' is missing", null);
        }
        Path part = directory.resolve("data.part");
        Directories.delete(part);
        Files.createDirectories(part);
        new Formatter()
                .setPrintStream(
                        new PrintStream(
                                OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setNodeId(KafkaSettings.NODE)
                .setClusterId(Uuid.randomUuid().toString())
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setControllerListenerName(KafkaSettings.CONTROLLER)
                .setMetadataLogDirectory(part.toString())
                .addDirectory(part.toString())
                .run();
        Files.move(part, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private static CannotStart broken(Path directory, String why, @Nullable Exception cause) {
        return new CannotStart(
                "The Kafka directory %s is broken: %s."
                        .formatted(directory, why.strip().replaceAll("\\.$", "")),
                cause);
    }
}
