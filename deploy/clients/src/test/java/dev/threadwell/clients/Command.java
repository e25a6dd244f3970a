package dev.threadwell.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command line of another language's tools, run to its end. */
record Command(List<String> words, Path directory, Map<String, String> environment) {

    private static final long PATIENCE_MINUTES = 20;

    /** How a command ended, and what it wrote. */
    record Ended(Command command, int exitCode, String out, String err) {

        boolean well() {
            return exitCode == 0;
        }

        Ended orFail(String advice) {
            if (well()) {
                return this;
            }
            throw new AssertionError(described(advice));
        }

        /** For what a machine without a registry cannot do. */
        Ended orLeaveOut(String advice) {
            if (well()) {
                return this;
            }
            throw LeftOut.because(described(advice), null);
        }

        private String described(String advice) {
            return "%s%n`%s` ended with %d:%n%s%s"
                    .formatted(advice, String.join(" ", command.words), exitCode, out, err);
        }
    }

    static Command of(Object... words) {
        return new Command(
                List.of(words).stream().map(Object::toString).toList(), Path.of(""), Map.of());
    }

    Command in(Path where) {
        return new Command(words, where, environment);
    }

    Command with(Object... more) {
        var all = new ArrayList<>(words);
        List.of(more).forEach(word -> all.add(word.toString()));
        return new Command(List.copyOf(all), directory, environment);
    }

    Command against(Target target) {
        return set("OPENAI_BASE_URL", target.baseUrl()).set("OPENAI_API_KEY", target.apiKey());
    }

    Command set(String variable, String value) {
        var all = new HashMap<>(environment);
        all.put(variable, value);
        return new Command(words, directory, Map.copyOf(all));
    }

    /**
     * Output goes to files, so that a child that lives on (a started server) holds no pipe of ours.
     */
    Ended run(String adviceIfMissing) {
        try {
            Path out = Files.createTempFile("threadwell-clients", ".out");
            Path err = Files.createTempFile("threadwell-clients", ".err");
            try {
                int exitCode = exitCode(start(out, err, adviceIfMissing));
                return new Ended(this, exitCode, Files.readString(out), Files.readString(err));
            } finally {
                Files.delete(out);
                Files.delete(err);
            }
        } catch (IOException failure) {
            throw new AssertionError("cannot read what `" + words.getFirst() + "` wrote", failure);
        }
    }

    private Process start(Path out, Path err, String adviceIfMissing) {
        var process =
                new ProcessBuilder(words)
                        .directory(directory.toAbsolutePath().toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        process.environment().putAll(environment);
        try {
            return process.start();
        } catch (IOException missing) {
            throw LeftOut.because(adviceIfMissing, missing);
        }
    }

    private int exitCode(Process process) {
        try {
            if (process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                return process.exitValue();
            }
            process.destroyForcibly();
            throw new AssertionError(
                    "`%s` still ran after %d minutes"
                            .formatted(String.join(" ", words), PATIENCE_MINUTES));
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }
}
