package dev.threadwell.flow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * AOT caches of the classes that a service has loaded and linked when it is ready, made once for a
 * build. These tests start services about a hundred times, and each start takes half of the
 * processor time with them.
 */
final class AotCaches {

    private static final Path DIRECTORY = Repository.MODULE.resolve("target/aot-caches");

    private AotCaches() {}

    /** The option of a JVM that uses the role's cache, where there is one. */
    static List<String> option(String role) {
        return Files.exists(cache(role)) ? List.of("-XX:AOTCache=" + cache(role)) : List.of();
    }

    /** Starts one service of each role and ends it, unless that was done since the last build. */
    static void make(List<ServiceProcess> oneOfEachRole) {
        try {
            Files.createDirectories(DIRECTORY);
            try (FileChannel file =
                            FileChannel.open(
                                    DIRECTORY.resolve("lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    FileLock _ = file.lock()) {
                List<ServiceProcess> wanted =
                        oneOfEachRole.stream().filter(service -> !isCurrent(service)).toList();
                wanted.forEach(
                        service ->
                                service.launches(
                                        List.of(
                                                // Objects are kept beside the classes only with G1;
                                                // the serial collector can read them.
                                                "-XX:-UseSerialGC",
                                                "-XX:+UseG1GC",
                                                "-Xmx256m",
                                                "-XX:AOTCacheOutput=" + begun(service))));
                wanted.forEach(ServiceProcess::awaitsReady);
                wanted.forEach(ServiceProcess::stops);
                for (ServiceProcess service : wanted) {
                    if (Files.exists(begun(service))) {
                        Files.move(
                                begun(service),
                                cache(service.role()),
                                StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isCurrent(ServiceProcess service) {
        try {
            return Files.exists(cache(service.role()))
                    && Files.getLastModifiedTime(cache(service.role()))
                                    .compareTo(Files.getLastModifiedTime(service.jar()))
                            > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path cache(String role) {
        return DIRECTORY.resolve(role + ".aot");
    }

    private static Path begun(ServiceProcess service) {
        return DIRECTORY.resolve(service.role() + ".aot.begun");
    }
}
