package dev.threadwell.standalone;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The configuration properties of the services, under the names that Quarkus and they read. */
record ServiceSettings(Map<String, String> properties) {

    /** The name of the simulator's own model. */
    private static final String SIMULATOR = "threadwell-simulator";

    /** Fewer than the services' default: the broker is in a process on the same machine. */
    private static final String PARTITIONS = "8";

    static ServiceSettings of(
            Settings settings,
            int postgresPort,
            String postgresPassword,
            Map<String, String> kafka,
            Optional<Integer> simulatorPort) {
        String database = "postgresql://127.0.0.1:%d/threadwell".formatted(postgresPort);
        Map<String, String> properties = new HashMap<>();
        properties.put("quarkus.datasource.reactive.url", database);
        properties.put("quarkus.datasource.jdbc.url", "jdbc:" + database);
        properties.put("quarkus.datasource.username", "threadwell");
        properties.put("quarkus.datasource.password", postgresPassword);
        properties.putAll(kafka);
        properties.put("quarkus.http.host", "127.0.0.1");
        if (!System.getenv().containsKey("THREADWELL_KAFKA_PARTITIONS")) {
            properties.put("threadwell.kafka.partitions", PARTITIONS);
        }
        properties.put("threadwell.api-key", settings.apiKey());
        properties.put("threadwell.admin-key", settings.adminKey());
        // Files are stored in one place only: in a bucket, if the environment names one.
        if (!System.getenv().containsKey("THREADWELL_BLOBS_S3_BUCKET")) {
            properties.put(
                    "threadwell.blobs.directory", settings.home().resolve("blobs").toString());
        }
        properties.put(
                "threadwell.file-search.directory",
                settings.home().resolve("file-search").toString());
        settings.provider()
                .ifPresent(
                        provider -> {
                            properties.put("threadwell.model.base-url", provider.baseUrl());
                            properties.put("threadwell.model.api-key", provider.apiKey());
                        });
        properties.putAll(settings.tools());
        simulatorPort.ifPresent(
                port -> {
                    properties.put(
                            "threadwell.model.base-url", "http://127.0.0.1:%d/v1".formatted(port));
                    properties.put("threadwell.model.api-key", "simulator");
                    if (!properties.containsKey("threadwell.vision.base-url")) {
                        properties.putIfAbsent("threadwell.vision.model", SIMULATOR);
                    }
                    if (!SearchProvider.isNamed(properties)) {
                        properties.putAll(SearchProvider.simulated(port));
                    }
                });
        return new ServiceSettings(Map.copyOf(properties));
    }

    /** The same as environment variables, named by MicroProfile Config's conversion rule. */
    Map<String, String> asEnvironment() {
        return properties.entrySet().stream()
                .collect(
                        Collectors.toUnmodifiableMap(
                                entry ->
                                        entry.getKey()
                                                .replaceAll("[^A-Za-z0-9]", "_")
                                                .toUpperCase(Locale.ROOT),
                                Map.Entry::getValue));
    }
}
