package dev.threadwell.standalone;

import static dev.threadwell.standalone.Programs.Service.API;
import static dev.threadwell.standalone.Programs.Service.RUN_WORKER;
import static dev.threadwell.standalone.Programs.Service.TOOL_WORKER;

import dev.threadwell.standalone.Programs.Service;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which variables of the environment a service gets: every setting, but only its own keys. */
final class ServiceEnvironment {

    private static final List<String> SETTINGS =
            List.of("THREADWELL_", "QUARKUS_", "KAFKA_", "MP_", "SMALLRYE_");

    /** Keys, and the services that need them. */
    private static final Map<String, Set<Service>> KEYS =
            Map.of(
                    "THREADWELL_API_KEY", Set.of(API),
                    "THREADWELL_MODEL_API_KEY", Set.of(API, RUN_WORKER),
                    "THREADWELL_EMBEDDINGS_API_KEY", Set.of(API, TOOL_WORKER),
                    "THREADWELL_FILE_SEARCH_OPENSEARCH_PASSWORD", Set.of(API, TOOL_WORKER),
                    "THREADWELL_FILE_SEARCH_OPENSEARCH_AUTHORIZATION", Set.of(API, TOOL_WORKER));

    private static final String BUCKET = "THREADWELL_BLOBS_S3_BUCKET";

    private final Service service;
    private final boolean blobsInBucket;

    /** The environment of a service, where the user's environment is this. */
    ServiceEnvironment(Service service, Map<String, String> users) {
        this.service = service;
        this.blobsInBucket = !users.getOrDefault(BUCKET, "").isBlank();
    }

    /** Whether the service gets a variable of the user's environment. */
    boolean passes(String name) {
        if (name.startsWith("AWS_")) {
            // Where a bucket is named without keys, the usual AWS credentials are taken.
            return blobsInBucket;
        }
        if (name.startsWith("KUBE")) {
            // The code interpreter can have its sessions in pods.
            return service == TOOL_WORKER;
        }
        return SETTINGS.stream().anyMatch(name::startsWith) && mayKnow(name);
    }

    /** Those of these settings that the service may know. */
    Map<String, String> of(Map<String, String> settings) {
        return settings.entrySet().stream()
                .filter(setting -> mayKnow(setting.getKey()))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private boolean mayKnow(String name) {
        return KEYS.getOrDefault(name, Set.of(service)).contains(service);
    }
}
