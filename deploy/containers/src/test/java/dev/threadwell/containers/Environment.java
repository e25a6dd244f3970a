package dev.threadwell.containers;

import java.nio.file.Path;
import java.util.Map;

/** What the one who starts the suite says, by environment variables. */
final class Environment {

    static final Path MODULE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    static final Path COMPOSE = MODULE.resolve("../compose").normalize();

    /**
     * What everything that the suite makes is labelled with, so that its caller can find what is
     * left over.
     */
    static final Map<String, String> LABELS =
            Map.of("dev.threadwell.containers", variable("THREADWELL_CONTAINERS_RUN", "by-hand"));

    private Environment() {}

    /** One of our images. */
    static String image(String service) {
        return "%s/%s:%s"
                .formatted(imagePrefix(), service, variable("THREADWELL_IMAGE_TAG", "0.1.0"));
    }

    /** Where the images are, such as {@code registry.example/team}. */
    static String imagePrefix() {
        return variable("THREADWELL_IMAGE_PREFIX", "threadwell");
    }

    static String imageTag() {
        return variable("THREADWELL_IMAGE_TAG", "0.1.0");
    }

    /** The program that talks to the engine: {@code docker} or {@code podman}. */
    static String engine() {
        return variable("THREADWELL_CONTAINERS_ENGINE", "docker");
    }

    /**
     * The program that reads compose files, words separated by spaces; empty where there is none.
     */
    static String compose() {
        return variable("THREADWELL_CONTAINERS_COMPOSE", "");
    }

    private static String variable(String name, String otherwise) {
        String value = System.getenv(name);
        return value == null || value.isEmpty() ? otherwise : value;
    }
}
