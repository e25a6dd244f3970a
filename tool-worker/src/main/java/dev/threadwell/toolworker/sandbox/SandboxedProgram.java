package dev.threadwell.toolworker.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A program to run in a sandbox. It sees the system's {@code /usr}, and can write to {@code
 * /mnt/data}, its working directory, and to {@code /tmp} and {@code /dev/shm}.
 *
 * @param command the command line, with paths inside the sandbox
 * @param environment its complete environment
 * @param readOnly further files and directories of the host, by their path inside the sandbox
 */
public record SandboxedProgram(
        List<String> command,
        Map<String, String> environment,
        Map<String, Path> readOnly,
        SandboxLimits limits) {

    private static final String JAVA_HOME = "/opt/java";

    /**
     * A Java program; its heap is bounded by the options, e.g. {@code -Xmx256m}.
     *
     * @param classPath jars and directories on the host
     */
    public static SandboxedProgram java(
            Path javaHome,
            List<Path> classPath,
            List<String> options,
            List<String> mainAndArguments,
            SandboxLimits limits) {
        Map<String, Path> readOnly = new LinkedHashMap<>(configurationOfJava());
        readOnly.put(JAVA_HOME, javaHome);
        List<String> inside = new ArrayList<>();
        for (Path entry : classPath) {
            String path = "/opt/lib/%d-%s".formatted(inside.size(), entry.getFileName());
            readOnly.put(path, entry);
            inside.add(path);
        }
        List<String> command = new ArrayList<>(List.of(JAVA_HOME + "/bin/java"));
        command.addAll(options);
        command.addAll(List.of("-cp", String.join(":", inside)));
        command.addAll(mainAndArguments);
        return new SandboxedProgram(
                List.copyOf(command),
                // The loader finds the libraries beside java by /proc, which may be missing.
                Map.of(
                        "LANG",
                        "C.UTF-8",
                        "JAVA_HOME",
                        JAVA_HOME,
                        "LD_LIBRARY_PATH",
                        JAVA_HOME + "/lib"),
                readOnly,
                limits);
    }

    /**
     * The JDK configuration below {@code /etc}, to which a distribution's JDK has symbolic links.
     */
    private static Map<String, Path> configurationOfJava() {
        Map<String, Path> found = new LinkedHashMap<>();
        try (Stream<Path> entries = Files.list(Path.of("/etc"))) {
            entries.filter(path -> path.getFileName().toString().startsWith("java-"))
                    .sorted()
                    .forEach(path -> found.put(path.toString(), path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }
}
