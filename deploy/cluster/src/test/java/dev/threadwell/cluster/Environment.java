package dev.threadwell.cluster;

import java.nio.file.Path;
import java.util.Optional;

/** What the one who starts the suite says of the cluster, by environment variables. */
final class Environment {

    static final Path MODULE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    static final Path CHART = MODULE.resolve("../../k8s/threadwell").normalize();

    private Environment() {}

    static String kubectl() {
        return variable("THREADWELL_KUBECTL", "kubectl");
    }

    static String helm() {
        return variable("THREADWELL_HELM", "helm");
    }

    /** Where the product is installed; the servers are in a namespace beside it. */
    static String namespace() {
        return variable("THREADWELL_CLUSTER_NAMESPACE", "threadwell-test");
    }

    /** Where the images are, such as {@code registry.example/team}. */
    static String imageRegistry() {
        return variable("THREADWELL_IMAGE_REGISTRY", "localhost");
    }

    static String imageTag() {
        return variable("THREADWELL_IMAGE_TAG", "dev");
    }

    static String postgresImage() {
        return variable("THREADWELL_POSTGRES_IMAGE", "docker.io/library/postgres:17");
    }

    static String kafkaImage() {
        return variable("THREADWELL_KAFKA_IMAGE", "docker.io/apache/kafka:4.1.1");
    }

    /** A storage class with {@code ReadWriteMany}; without it the node's own disk is used. */
    static Optional<String> storageClass() {
        return Optional.ofNullable(System.getenv("THREADWELL_CLUSTER_STORAGE_CLASS"));
    }

    /** A file of values that goes over ours, for what this cluster needs. */
    static Optional<String> values() {
        return Optional.ofNullable(System.getenv("THREADWELL_CLUSTER_VALUES"));
    }

    /** Where the API answers, for clusters whose Services cannot be reached from here. */
    static Optional<String> url() {
        return Optional.ofNullable(System.getenv("THREADWELL_CLUSTER_URL"));
    }

    /** Uses what is installed already, and leaves it: for who works on the suite. */
    static boolean keepsInstallation() {
        return System.getenv("THREADWELL_CLUSTER_KEEP") != null;
    }

    private static String variable(String name, String otherwise) {
        String value = System.getenv(name);
        return value == null || value.isEmpty() ? otherwise : value;
    }
}
