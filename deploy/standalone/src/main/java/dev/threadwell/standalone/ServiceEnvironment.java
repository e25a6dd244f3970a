package dev.threadwell.standalone;

import static dev.threadwell.standalone.Programs.Service.API;
import static dev.threadwell.standalone.Programs.Service.RUN_WORKER;
import static dev.threadwell.standalone.Programs.Service.TOOL_WORKER;

import dev.threadwell.standalone.Programs.Service;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Selects the environment variables of a service: all settings, but only the secrets it needs. */
final class ServiceEnvironment {

    private static final List<String> SETTINGS =
            List.of("THREADWELL_", "QUARKUS_", "KAFKA_", "MP_", "SMALLRYE_", "OTEL_");

    /** The variables with secrets, and the services that may have them. */
    private static final Map<String, Set<Service>> KEYS =
            Map.of(
                    "THREADWELL_API_KEY", Set.of(API),
                    "THREADWELL_ADMIN_KEY", Set.of(API),
                    "THREADWELL_MODEL_API_KEY", Set.of(API, RUN_WORKER, TOOL_WORKER),
                    "THREADWELL_IMAGE_GENERATION_API_KEY", Set.of(TOOL_WORKER),
                    "THREADWELL_VISION_API_KEY", Set.of(TOOL_WORKER),
                    "THREADWELL_EMBEDDINGS_API_KEY", Set.of(API, TOOL_WORKER),
                    "THREADWELL_FILE_SEARCH_OPENSEARCH_PASSWORD", Set.of(API, TOOL_WORKER),
                    "THREADWELL_FILE_SEARCH_OPENSEARCH_AUTHORIZATION", Set.of(API, TOOL_WORKER),
                    "THREADWELL_WEB_SEARCH_API_KEY", Set.of(TOOL_WORKER));

    private static final String BUCKET = "THREADWELL_BLOBS_S3_BUCKET";

    private final Service service;
    private final boolean blobsInBucket;

    /** Creates the selection for one service from the user's environment. */
    ServiceEnvironment(Service service, Map<String, String> users) {
        this.service = service;
        this.blobsInBucket = !users.getOrDefault(BUCKET, "").isBlank();
    }

    /** Whether the service inherits a variable of the user's environment. */
    boolean passes(String name) {
        if (name.startsWith("AWS_")) {
            // A bucket that is configured without keys uses the standard AWS credentials.
            return blobsInBucket;
        }
        if (name.startsWith("KUBE")) {
            // The code interpreter can run its sessions in Kubernetes pods.
            return service == TOOL_WORKER;
        }
        return SETTINGS.stream().anyMatch(name::startsWith) && mayKnow(name);
    }

    /** The given settings without the secrets of other services. */
    Map<String, String> of(Map<String, String> settings) {
        return settings.entrySet().stream()
                .filter(setting -> mayKnow(setting.getKey()))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private boolean mayKnow(String name) {
        return KEYS.getOrDefault(name, Set.of(service)).contains(service);
    }
}
