package dev.threadwell.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;

/** The database cluster of a data directory: created once, with one database and its owner. */
record PostgresCluster(
        Path data, String password, PostgresBinaries binaries, ChildCommand.Account account) {

    /** The name of the database and of the role that owns it. */
    static final String NAME = "threadwell";

    static PostgresCluster openOrCreate(Path directory) throws IOException, InterruptedException {
        Path data = directory.resolve("data");
        Path password = directory.resolve("password");
        if (Files.exists(data) && !Files.exists(password)) {
            throw broken(directory, "its file 'password' is missing");
        }
        if (Files.exists(data) && !Files.exists(data.resolve("PG_VERSION"))) {
            throw broken(directory, "its file 'data/PG_VERSION' is missing");
        }
        String kept = KeptPassword.in(password);
        var account = ChildCommand.unprivileged();
        account.own(directory, password);
        var binaries = PostgresBinaries.unpackedIn(directory);
        var cluster = new PostgresCluster(data, kept, binaries, account);
        if (!Files.exists(data)) {
            cluster.create(directory, password);
        }
        return cluster;
    }

    static CannotStart broken(Path directory, String why) {
        return new CannotStart(
                "The PostgreSQL directory %s is broken: %s.".formatted(directory, why));
    }

    /** The command line of a PostgreSQL program under the account that may run it. */
    List<String> command(String program, String... arguments) {
        return account.run(binaries.command(program, arguments));
    }

    /** The command line of the server, bound to the life of the thread that starts it. */
    List<String> server(String... arguments) {
        // The account must come first: a change of account would clear the parent-death signal.
        return account.run(ChildCommand.bound("INT", binaries.command("postgres", arguments)));
    }

    // Creates the cluster in a temporary directory and renames it when it is complete, so that a
    // killed start leaves no half-created cluster.
    private void create(Path directory, Path passwordFile)
            throws IOException, InterruptedException {
        Path part = directory.resolve("data.part");
        Directories.delete(part);
        run(
                directory,
                "",
                command(
                        "initdb",
                        "--pgdata=" + part,
                        "--username=postgres",
                        "--auth=scram-sha-256",
                        "--pwfile=" + passwordFile,
                        "--encoding=UTF8",
                        "--locale=C.UTF-8"));
        run(
                directory,
                """
                CREATE ROLE %1$s LOGIN CREATEROLE PASSWORD '%2$s'
                CREATE DATABASE %1$s OWNER %1$s
                """
                        .formatted(NAME, password),
                command("postgres", "--single", "-D", part.toString(), "postgres"));
        Files.move(part, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void run(Path directory, String input, List<String> command)
            throws IOException, InterruptedException {
        Path output = directory.resolve("create.log");
        var builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        ChildEnvironment.plain(builder);
        Process process = builder.start();
        try (var stdin = process.outputWriter()) {
            stdin.write(input);
        }
        if (process.waitFor() != 0) {
            throw new CannotStart(
                    "PostgreSQL's files could not be made in %s: %s"
                            .formatted(directory, lastLines(output)));
        }
        Files.delete(output);
    }

    private static String lastLines(Path output) throws IOException {
        List<String> lines = Files.readAllLines(output);
        return lines.stream()
                .skip(Math.max(0, lines.size() - 3))
                .map(String::strip)
                .collect(Collectors.joining(" "));
    }
}
