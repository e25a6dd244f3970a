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
 * Archives of the classes that a service has loaded when it is ready, made once for a build. These
 * tests start services about a hundred times, and each start takes less processor time with them.
 */
final class ClassArchives {

    private static final Path DIRECTORY = Repository.MODULE.resolve("target/class-archives");

    private ClassArchives() {}

    /** The option of a JVM that uses the role's archive, where there is one. */
    static List<String> option(String role) {
        return Files.exists(archive(role))
                ? List.of("-XX:SharedArchiveFile=" + archive(role))
                : List.of();
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
                                        List.of("-XX:ArchiveClassesAtExit=" + begun(service))));
                wanted.forEach(ServiceProcess::awaitsReady);
                wanted.forEach(ServiceProcess::stops);
                for (ServiceProcess service : wanted) {
                    if (Files.exists(begun(service))) {
                        Files.move(
                                begun(service),
                                archive(service.role()),
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
            return Files.exists(archive(service.role()))
                    && Files.getLastModifiedTime(archive(service.role()))
                                    .compareTo(Files.getLastModifiedTime(service.jar()))
                            > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path archive(String role) {
        return DIRECTORY.resolve(role + ".jsa");
    }

    private static Path begun(ServiceProcess service) {
        return DIRECTORY.resolve(service.role() + ".jsa.begun");
    }
}
