package dev.threadwell.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The credentials of the broker's only user. The password is generated at the first start and kept
 * in the data directory's file {@code password}.
 */
public record KafkaCredentials(String password) {

    static final String MECHANISM = "SCRAM-SHA-256";

    private static final String USER = "threadwell";
    private static final String CLIENT_FILE = "client.properties";

    /** Reads the credentials of a data directory; generates the password if it has none. */
    public static KafkaCredentials in(Path directory) {
        try {
            Files.createDirectories(directory);
            return new KafkaCredentials(KeptPassword.in(directory.resolve("password")));
        } catch (IOException e) {
            throw new CannotStart(
                    "The Kafka directory %s can not be used: %s.".formatted(directory, e), e);
        }
    }

    /** The settings with which a Kafka client connects to the broker on this port. */
    public Map<String, String> clientSettings(int port) {
        return Map.of(
                "bootstrap.servers",
                "127.0.0.1:" + port,
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                MECHANISM,
                "sasl.jaas.config",
                jaas());
    }

    /** The same under the names that the services read: {@code kafka.bootstrap.servers} etc. */
    public Map<String, String> serviceSettings(int port) {
        return clientSettings(port).entrySet().stream()
                .collect(
                        Collectors.toUnmodifiableMap(
                                setting -> "kafka." + setting.getKey(), Map.Entry::getValue));
    }

    /** The properties file with the client settings, in the format of Kafka's own tools. */
    public static Path clientFile(Path directory) {
        return directory.resolve(CLIENT_FILE);
    }

    /** Writes the client settings to a file that only its owner can read, for other programs. */
    void writeClientFile(Path directory, int port) {
        String lines =
                new TreeMap<>(clientSettings(port))
                        .entrySet().stream()
                                .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
                                .collect(Collectors.joining());
        try {
            Directories.writePrivately(clientFile(directory), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The JAAS configuration with user and password, for the broker and its clients. */
    String jaas() {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
                .formatted(USER, password);
    }

    /** Omits the password, so that it does not get into a log. */
    @Override
    public String toString() {
        return USER;
    }
}
