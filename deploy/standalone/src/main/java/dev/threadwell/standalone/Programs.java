package dev.threadwell.standalone;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The command lines that run our own programs, each in a small JVM. */
interface Programs {

    /** The services and the names under which {@code ready.json} and the logs know them. */
    enum Service {
        API("api-service"),
        RUN_WORKER("run-worker"),
        TOOL_WORKER("tool-worker");

        private final String role;

        Service(String role) {
            this.role = role;
        }

        String role() {
            return role;
        }
    }

    List<String> service(Service service);

    List<String> simulator();

    List<String> kafka(Path directory, int port);

    /** How long the services may take until they are ready. */
    default Duration startLimit() {
        return Duration.ofMinutes(2);
    }

    /** How long a program may take to end before it is killed. */
    default Duration stopLimit() {
        return Duration.ofSeconds(15);
    }

    /** The programs as built in the repository. */
    static Programs builtIn(Path repository) {
        return new Programs() {
            @Override
            public List<String> service(Service service) {
                Path jar =
                        repository
                                .resolve(service.role())
                                .resolve("target/quarkus-app/quarkus-run.jar");
                return java(
                        "-Xmx256m",
                        List.of("-Dvertx.disableURIValidation=true", "-jar", jar.toString()));
            }

            @Override
            public List<String> simulator() {
                return java("-Xmx256m", onOurClassPath("dev.threadwell.simulator.SimulatorMain"));
            }

            @Override
            public List<String> kafka(Path directory, int port) {
                return kafkaOnOurClassPath(directory, port);
            }
        };
    }

    static List<String> kafkaOnOurClassPath(Path directory, int port) {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(onOurClassPath("dev.threadwell.embedded.KafkaMain"));
        arguments.addAll(List.of(directory.toString(), Integer.toString(port)));
        return java("-Xmx384m", arguments);
    }

    static List<String> java(String heap, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        heap,
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError", // the supervisor restarts it
                        "-XX:MetaspaceSize=128m", // otherwise start-up costs three full collections
                        "--sun-misc-unsafe-memory-access=allow",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager"));
        command.addAll(arguments);
        return List.copyOf(command);
    }

    // Without Quarkus's bootstrap runner, which buffers all logs until Quarkus starts; these
    // programs never start it.
    private static List<String> onOurClassPath(String main) {
        String entries =
                Arrays.stream(System.getProperty("java.class.path").split(":"))
                        .filter(entry -> !entry.contains("quarkus-bootstrap-runner"))
                        .filter(entry -> Files.exists(Path.of(entry)))
                        .collect(Collectors.joining(":"));
        return List.of("-cp", entries, main);
    }
}
