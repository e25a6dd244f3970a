package dev.threadwell.standalone;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Programs for a training: services that write an AOT cache when they end.
 *
 * @param services the directory of the services, in a repository or in an image
 * @param caches where they write
 * @param options those of the JVM that the services will be started with; the cache fits no others
 */
record TrainingPrograms(Path services, Path caches, List<String> options) implements Programs {

    @Override
    public List<String> service(Service service) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(
                List.of(
                        // Only with G1 are objects kept beside the classes; the serial and the
                        // parallel collector can read them.
                        "-XX:+UseG1GC",
                        // Beyond 32 GB of heap pointers are wider, and the cache fits no smaller
                        // one: a percentage of the machine's memory will not do.
                        "-Xmx1g",
                        "-XX:AOTCacheOutput=" + cache(service),
                        "-jar",
                        jar(service).toString()));
        return List.copyOf(command);
    }

    Path cache(Service service) {
        return caches.resolve(service.role()).resolve(service.role() + ".aot");
    }

    private Path jar(Service service) {
        Path installed = services.resolve(service.role()).resolve("quarkus-run.jar");
        return Files.exists(installed)
                ? installed
                : services.resolve(service.role()).resolve("target/quarkus-app/quarkus-run.jar");
    }

    @Override
    public List<String> simulator() {
        return Programs.builtIn(services).simulator();
    }

    @Override
    public List<String> kafka(Path directory, int port) {
        return Programs.kafkaOnOurClassPath(directory, port);
    }

    /** A build may run on a busy machine. */
    @Override
    public Duration startLimit() {
        return Duration.ofMinutes(10);
    }

    /** To write a cache takes a quarter of a minute of a processor. */
    @Override
    public Duration stopLimit() {
        return Duration.ofMinutes(10);
    }
}
