package dev.threadwell.standalone;

import dev.threadwell.embedded.ChildCommand;
import dev.threadwell.embedded.ChildEnvironment;
import dev.threadwell.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Launches the processes of an installation on one machine. */
final class Processes {

    private Processes() {}

    static Supervised.Launch postgres(Path directory, int port, Path log) {
        return () -> new Postgres(EmbeddedPostgres.start(directory, port, log));
    }

    /**
     * A separate program. Secrets are passed in its environment and never in its arguments, which
     * other users of the machine can read.
     *
     * @param passed which variables of the user's environment it inherits besides the standard ones
     * @param own variables set for this program only
     * @param stopLimit how long it may take to end before it is killed
     */
    static Supervised.Launch program(
            List<String> command,
            Predicate<String> passed,
            Map<String, String> own,
            Path log,
            Duration stopLimit) {
        return () -> new Program(start(command, passed, own, log), stopLimit);
    }

    private static Process start(
            List<String> command, Predicate<String> passed, Map<String, String> own, Path log)
            throws IOException {
        var builder =
                new ProcessBuilder(ChildCommand.bound("TERM", command))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        ChildEnvironment.only(builder, passed, own);
        return builder.start();
    }

    private record Postgres(EmbeddedPostgres server) implements Supervised.Running {
        @Override
        public long pid() {
            return server.pid();
        }

        @Override
        public void awaitEnd() throws InterruptedException {
            server.awaitEnd();
        }

        @Override
        public void stop() {
            server.close();
        }
    }

    private record Program(Process process, Duration stopLimit) implements Supervised.Running {
        @Override
        public long pid() {
            return process.pid();
        }

        @Override
        public void awaitEnd() throws InterruptedException {
            process.waitFor();
        }

        @Override
        public void stop() {
            process.destroy();
            try {
                if (!process.waitFor(stopLimit.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
