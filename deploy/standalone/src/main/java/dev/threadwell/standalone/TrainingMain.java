package dev.threadwell.standalone;

import dev.threadwell.embedded.CannotStart;
import dev.threadwell.embedded.Directories;
import dev.threadwell.embedded.ServerPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the AOT caches of the services: starts each once beside servers of its own, has them do
 * what they do in production, and ends them, whereupon each writes its cache.
 *
 * <p>Arguments: the directory with the services, that of the caches, the number of runs, and the
 * options that each service will be started with.
 */
public final class TrainingMain {

    private static final Split.Sizes ONE_OF_EACH = new Split.Sizes(1, 1, 1);

    private TrainingMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int code = 1;
        Path home = Files.createTempDirectory("threadwell-training-");
        try {
            var programs =
                    new TrainingPrograms(
                            Path.of(arguments[0]),
                            Path.of(arguments[1]).toAbsolutePath(),
                            List.of(arguments).subList(3, arguments.length));
            train(home, programs, Integer.parseInt(arguments[2]));
            code = 0;
        } catch (CannotStart e) {
            System.err.println("The training failed: " + e.getMessage());
            tellLogs(home);
        } finally {
            Directories.delete(home);
        }
        System.exit(code);
    }

    private static void train(Path home, TrainingPrograms programs, int runs)
            throws IOException, InterruptedException {
        for (var service : Programs.Service.values()) {
            Files.createDirectories(programs.cache(service).getParent());
        }
        Map<String, String> environment = new HashMap<>();
        environment.put("THREADWELL_HOME", home.toString());
        environment.put("THREADWELL_PORT", Integer.toString(ServerPort.free()));
        var settings = Settings.from(environment);
        try (var _ = Split.start(settings, ONE_OF_EACH, programs);
                var work = new TrainingWork(settings.baseUrl(), settings.apiKey())) {
            work.runs(runs);
            System.out.printf("Trained with %d runs.%n", runs);
        } catch (IOException e) {
            throw new CannotStart("a request of the training failed: " + e.getMessage(), e);
        }
        for (var service : Programs.Service.values()) {
            Path cache = programs.cache(service);
            if (!Files.exists(cache)) {
                throw new CannotStart(service.role() + " has written no cache.");
            }
            System.out.printf("%s: %d MB%n", cache, Files.size(cache) >> 20);
        }
    }

    private static void tellLogs(Path home) throws IOException {
        try (var logs = Files.list(home.resolve("logs"))) {
            for (Path log : logs.toList()) {
                String[] lines = Files.readString(log).split("\n");
                System.err.println("--- " + log.getFileName());
                Arrays.stream(lines)
                        .skip(Math.max(0, lines.length - 20))
                        .forEach(System.err::println);
            }
        }
    }
}
