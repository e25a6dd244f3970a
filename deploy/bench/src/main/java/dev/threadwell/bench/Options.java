package dev.threadwell.bench;

import dev.threadwell.bench.row.Row;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The parsed command line.
 *
 * @param rows the numbers of the rows to measure; all if empty
 * @param home the data directory of a running Threadwell; empty to start one
 */
record Options(
        Set<Integer> rows,
        boolean quick,
        boolean oneJvm,
        Optional<Path> home,
        Optional<URI> baseUrl,
        Optional<String> apiKey,
        Optional<Path> write) {

    static final String USAGE =
            """
            ./threadwell bench [rows...] [--quick] [--one-jvm] [--write PAGE]
                               [--home DIR [--base-url URL] [--api-key KEY]]

              rows        numbers of rows of the table; without any, all of them
              --quick     a few seconds a row: shows that it works, proves nothing
              --one-jvm   measures the standalone in one JVM instead of one process a service
              --home      measures what runs on this data directory, instead of starting its own
              --base-url  another address of it, e.g. of another of its API nodes
              --api-key   another key for it
              --write     puts the result into this page, between its two markers\
            """;

    /** The command line is invalid. */
    static final class BadOptions extends RuntimeException {
        BadOptions(String message) {
            super(message);
        }
    }

    static Options of(String... arguments) {
        Set<Integer> rows = new TreeSet<>();
        boolean quick = false;
        boolean oneJvm = false;
        Optional<Path> home = Optional.empty();
        Optional<URI> baseUrl = Optional.empty();
        Optional<String> apiKey = Optional.empty();
        Optional<Path> write = Optional.empty();
        Iterator<String> rest = Arrays.asList(arguments).iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            switch (argument) {
                case "--quick" -> quick = true;
                case "--one-jvm" -> oneJvm = true;
                case "--home" -> home = Optional.of(Path.of(value(argument, rest)));
                case "--base-url" -> baseUrl = Optional.of(URI.create(value(argument, rest)));
                case "--api-key" -> apiKey = Optional.of(value(argument, rest));
                case "--write" -> write = Optional.of(Path.of(value(argument, rest)));
                default -> rows.add(row(argument));
            }
        }
        return new Options(rows, quick, oneJvm, home, baseUrl, apiKey, write).checked();
    }

    private Options checked() {
        if (home.isEmpty() && (baseUrl.isPresent() || apiKey.isPresent())) {
            throw new BadOptions(
                    "--base-url and --api-key need --home: the baselines are measured on its servers");
        }
        if (home.isPresent() && oneJvm) {
            throw new BadOptions("--one-jvm and --home exclude each other");
        }
        if (write.isPresent() && !rows.isEmpty()) {
            throw new BadOptions("--write needs all rows, or the page would lose the others");
        }
        return this;
    }

    boolean wants(int row) {
        return rows.isEmpty() || rows.contains(row);
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new BadOptions(option + " needs a value");
        }
        return rest.next();
    }

    private static int row(String argument) {
        List<String> known = Row.all().stream().map(row -> String.valueOf(row.number())).toList();
        if (!known.contains(argument)) {
            throw new BadOptions(
                    "there is no row or option '%s'; the rows are %s"
                            .formatted(argument, String.join(", ", known)));
        }
        return Integer.parseInt(argument);
    }
}
