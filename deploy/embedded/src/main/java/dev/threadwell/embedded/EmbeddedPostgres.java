package dev.threadwell.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server as a child process of this JVM, with the single database {@code threadwell}.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final PostgresCluster cluster;
    private final DirectoryLock lock;
    private final Process process;
    private final int port;

    private EmbeddedPostgres(
            PostgresCluster cluster, DirectoryLock lock, Process process, int port) {
        this.cluster = cluster;
        this.lock = lock;
        this.process = process;
        this.port = port;
    }

    /**
     * Starts the server on a directory. Port 0 means the port of the last start, or else a free
     * one.
     */
    public static EmbeddedPostgres start(Path directory, int port) {
        return start(directory, port, directory.resolve("postgres.log"));
    }

    /** Starts the server on a directory and returns when it accepts connections. */
    public static EmbeddedPostgres start(Path directory, int port, Path log) {
        DirectoryLock lock = DirectoryLock.hold(directory, "PostgreSQL");
        try {
            Path real = directory.toRealPath();
            var cluster = PostgresCluster.openOrCreate(real);
            endOrphan(cluster);
            int chosen = ServerPort.choose(real, port, "PostgreSQL");
            return new EmbeddedPostgres(cluster, lock, launch(cluster, chosen, log), chosen);
        } catch (IOException e) {
            lock.close();
            throw new CannotStart(
                    "The PostgreSQL directory %s can not be used: %s".formatted(directory, e), e);
        } catch (InterruptedException e) {
            lock.close();
            Thread.currentThread().interrupt();
            throw new CannotStart("PostgreSQL's start was interrupted.", e);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    public int port() {
        return port;
    }

    public String user() {
        return PostgresCluster.NAME;
    }

    public String password() {
        return cluster.password();
    }

    public String jdbcUrl() {
        return "jdbc:" + reactiveUrl();
    }

    public String reactiveUrl() {
        return "postgresql://127.0.0.1:%d/%s".formatted(port, PostgresCluster.NAME);
    }

    public long pid() {
        return process.pid();
    }

    /** Completes when the server has ended for whatever reason. */
    public CompletableFuture<Process> onExit() {
        return process.onExit();
    }

    /** Waits until the server has ended for whatever reason. */
    public void awaitEnd() throws InterruptedException {
        process.waitFor();
    }

    /**
     * Stops the server with a fast shutdown: open transactions are rolled back, committed data is
     * kept.
     */
    @Override
    public void close() {
        try {
            if (process.isAlive()) {
                stop(cluster, "fast");
            }
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            process.destroyForcibly();
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } finally {
            lock.close();
        }
    }

    private static Process launch(PostgresCluster cluster, int port, Path log)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (true) {
            long logged = Files.exists(log) ? Files.size(log) : 0;
            Process process = child(cluster, port, log);
            if (isReady(cluster, process, deadline)) {
                return process;
            }
            process.destroyForcibly().waitFor();
            String said = lastFatal(log, logged);
            // After kill -9 of the server, its own child processes take a moment to notice and to
            // detach from the shared memory.
            boolean lingering = said.contains("shared memory block");
            if (!lingering || System.nanoTime() > deadline) {
                throw PostgresCluster.broken(cluster.data(), "PostgreSQL says '" + said + "'");
            }
            Thread.sleep(100);
        }
    }

    // The kernel's parent-death signal is tied to the thread that forks, so that thread stays
    // alive.
    private static Process child(PostgresCluster cluster, int port, Path log) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(serverCommand(cluster, port))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        ChildEnvironment.plain(builder);
        var started = new CompletableFuture<Process>();
        Thread.ofPlatform()
                .daemon()
                .name("postgres-" + port)
                .start(() -> startAndStay(builder, started));
        try {
            return started.join();
        } catch (CompletionException e) {
            throw new IOException("postgres could not be started", e.getCause());
        }
    }

    private static void startAndStay(ProcessBuilder builder, CompletableFuture<Process> started) {
        try {
            Process process = builder.start();
            started.complete(process);
            process.waitFor();
        } catch (IOException e) {
            started.completeExceptionally(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the server's thread", e);
        }
    }

    private static List<String> serverCommand(PostgresCluster cluster, int port) {
        List<String> settings =
                List.of(
                        "listen_addresses=127.0.0.1",
                        "unix_socket_directories=",
                        "shared_buffers=128MB",
                        "max_connections=200",
                        "wal_level=minimal",
                        "max_wal_senders=0",
                        "synchronous_commit=on",
                        "jit=off",
                        "timezone=UTC",
                        "log_timezone=UTC",
                        "lc_messages=C");
        Stream<String> place = Stream.of("-D", cluster.data().toString(), "-p", "" + port);
        Stream<String> options = settings.stream().flatMap(setting -> Stream.of("-c", setting));
        return cluster.server(Stream.concat(place, options).toArray(String[]::new));
    }

    // Like pg_ctl: line 8 of postmaster.pid says when the server is ready.
    private static boolean isReady(PostgresCluster cluster, Process process, long deadline)
            throws IOException, InterruptedException {
        while (process.isAlive() && System.nanoTime() < deadline) {
            List<String> record = postmasterRecord(cluster);
            if (record.size() >= 8
                    && record.getFirst().equals(Long.toString(process.pid()))
                    && record.get(7).strip().equals("ready")) {
                return true;
            }
            process.waitFor(10, TimeUnit.MILLISECONDS);
        }
        return false;
    }

    // Ends a server that has survived the crash of its JVM. We hold the directory's lock, so a
    // server that still runs on it is orphaned. A postmaster.pid that names any other process is
    // left over from a crash, and that pid has been reused since.
    private static void endOrphan(PostgresCluster cluster)
            throws IOException, InterruptedException {
        List<String> record = postmasterRecord(cluster);
        if (record.isEmpty()) {
            return;
        }
        @Nullable ProcessHandle orphan = serverOf(cluster, record.getFirst());
        if (orphan != null) {
            stop(cluster, "immediate");
        }
        Files.deleteIfExists(cluster.data().resolve("postmaster.pid"));
    }

    private static @Nullable ProcessHandle serverOf(PostgresCluster cluster, String pid) {
        if (!pid.matches("[0-9]{1,10}")) {
            return null;
        }
        return ProcessHandle.of(Long.parseLong(pid))
                .filter(
                        process ->
                                process.info()
                                        .commandLine()
                                        .orElse("")
                                        .contains(cluster.data().toString()))
                .orElse(null);
    }

    private static List<String> postmasterRecord(PostgresCluster cluster) throws IOException {
        Path record = cluster.data().resolve("postmaster.pid");
        try {
            return Files.readAllLines(record);
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    private static void stop(PostgresCluster cluster, String mode)
            throws IOException, InterruptedException {
        List<String> command =
                cluster.command(
                        "pg_ctl",
                        "stop",
                        "-D",
                        cluster.data().toString(),
                        "-m",
                        mode,
                        "-t",
                        "" + STOP_LIMIT.toSeconds());
        var builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        ChildEnvironment.plain(builder);
        builder.start().waitFor();
    }

    private static String lastFatal(Path log, long offset) throws IOException {
        try (var in = Files.newInputStream(log)) {
            in.skipNBytes(offset);
            String written = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return written.lines()
                    .filter(line -> line.contains("FATAL:") || line.contains("PANIC:"))
                    .reduce((first, last) -> last)
                    .map(line -> line.replaceFirst(".*(FATAL|PANIC): *", ""))
                    .orElseGet(() -> written.lines().reduce((a, b) -> b).orElse("nothing"));
        }
    }
}
