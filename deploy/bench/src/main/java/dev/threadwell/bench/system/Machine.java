package dev.threadwell.bench.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Describes the machine of the measurement. */
public final class Machine {

    private Machine() {}

    /** The hardware, the operating system and the load before the measurement, in a few lines. */
    public static List<String> describe(Path disk) {
        return List.of(
                "%d processors (%s), %.0f GiB of memory"
                        .formatted(
                                Runtime.getRuntime().availableProcessors(),
                                valueOf("/proc/cpuinfo", "model name"),
                                kibibytes(valueOf("/proc/meminfo", "MemTotal")) / (1024 * 1024)),
                "%s %s, JDK %s"
                        .formatted(
                                System.getProperty("os.name"),
                                System.getProperty("os.version"),
                                Runtime.version()),
                "file system %s, load average before: %s"
                        .formatted(fileSystem(disk), line("/proc/loadavg")));
    }

    private static String fileSystem(Path disk) {
        try {
            return Files.getFileStore(disk).type();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double kibibytes(String value) {
        return Double.parseDouble(value.split(" ")[0]);
    }

    private static String valueOf(String file, String key) {
        return read(file)
                .lines()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unknown");
    }

    private static String line(String file) {
        return read(file).strip();
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
