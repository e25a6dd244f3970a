package dev.threadwell.standalone;

import dev.threadwell.embedded.CannotStart;
import dev.threadwell.embedded.DirectoryLock;
import dev.threadwell.embedded.EmbeddedKafka;
import dev.threadwell.embedded.ServerPort;
import dev.threadwell.simulator.Simulator;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogManager;
import org.jspecify.annotations.Nullable;

/**
 * Starts and stops the servers of the single-JVM mode: PostgreSQL as a child process, Kafka and the
 * simulator in this JVM.
 */
final class OneJvm implements AutoCloseable {

    private static final String HOST = "127.0.0.1";

    private final Settings settings;
    private final @Nullable DirectoryLock lock;
    private final ReadyFile readyFile;
    private final List<AutoCloseable> started = new ArrayList<>();
    private @Nullable Supervised postgres;
    private @Nullable EmbeddedKafka kafka;
    private Optional<Integer> simulatorPort = Optional.empty();
    private boolean ready;

    private OneJvm(Settings settings) {
        this.settings = settings;
        this.lock =
                settings.supervisor().isPresent()
                        ? null
                        : DirectoryLock.hold(settings.home(), "data");
        this.readyFile = new ReadyFile(settings);
    }

    /** Starts the servers in parallel; if one fails, the others are stopped again. */
    static OneJvm start(Settings settings) {
        if (!ServerPort.isFree(settings.port())) {
            throw new CannotStart("Port %d is in use.".formatted(settings.port()));
        }
        // JBoss LogManager's initialization deadlocks if two threads are the first to log, so it is
        // initialized here.
        LogManager.getLogManager();
        var servers = new OneJvm(settings);
        servers.readyFile.remove();
        try {
            CompletableFuture.allOf(
                            inItsThread(servers::startPostgres),
                            inItsThread(servers::startKafka),
                            inItsThread(servers::startSimulator))
                    .join();
            return servers;
        } catch (CompletionException e) {
            servers.close();
            throw e.getCause() instanceof CannotStart known ? known : e;
        }
    }

    /** The configuration properties with which the services reach these servers. */
    Map<String, String> properties() {
        try {
            return ServiceSettings.of(
                            settings,
                            postgresEntry().port(),
                            Files.readString(postgresHome().resolve("password")),
                            started(kafka).serviceSettings(),
                            simulatorPort)
                    .properties();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return settings.port();
    }

    synchronized void announceReady() {
        ready = true;
        tell();
        Console.sayReady(settings);
    }

    /** Stops Kafka and the simulator first and PostgreSQL last. */
    @Override
    public void close() {
        synchronized (this) {
            ready = false;
            readyFile.remove();
        }
        for (AutoCloseable server : started) {
            try {
                server.close();
            } catch (Exception e) {
                Console.say("A server did not stop in order: " + e);
            }
        }
        if (postgres != null) {
            postgres.stop();
        }
        if (lock != null) {
            lock.close();
        }
    }

    private void startPostgres() throws IOException {
        int port = ServerPort.choose(postgresHome(), 0, "PostgreSQL");
        Supervised.Launch launch =
                Processes.postgres(postgresHome(), port, settings.log("postgres"));
        postgres = new Supervised("postgres", "postgres", port, launch, this::tell).start();
    }

    private void startKafka() {
        kafka = EmbeddedKafka.start(settings.home().resolve("kafka"), 0);
        closeLater(kafka);
    }

    private void startSimulator() throws Exception {
        if (settings.provider().isPresent()) {
            return;
        }
        int port = ServerPort.choose(settings.home().resolve("simulator"), 0, "the simulator");
        var vertx = Vertx.vertx();
        closeLater(
                () ->
                        vertx.close()
                                .toCompletionStage()
                                .toCompletableFuture()
                                .get(10, TimeUnit.SECONDS));
        Simulator.start(vertx, HOST, port).toCompletionStage().toCompletableFuture().join();
        simulatorPort = Optional.of(port);
    }

    private synchronized void closeLater(AutoCloseable server) {
        started.add(server);
    }

    private Path postgresHome() {
        return settings.home().resolve("postgres");
    }

    private ReadyFile.Entry postgresEntry() {
        return started(postgres).entry();
    }

    private static <T> T started(@Nullable T server) {
        if (server == null) {
            throw new IllegalStateException("asked for before it was started");
        }
        return server;
    }

    private synchronized void tell() {
        if (!ready) {
            return;
        }
        long here = ProcessHandle.current().pid();
        List<ReadyFile.Entry> processes = new ArrayList<>();
        processes.add(new ReadyFile.Entry("standalone", "standalone", settings.port(), here));
        processes.add(new ReadyFile.Entry("kafka", "kafka", started(kafka).port(), here));
        simulatorPort.ifPresent(
                port -> processes.add(new ReadyFile.Entry("simulator", "simulator", port, here)));
        processes.add(postgresEntry());
        readyFile.write(List.copyOf(processes));
    }

    /** A start-up step that may throw. */
    private interface Start {
        void run() throws Exception;
    }

    private static CompletableFuture<Void> inItsThread(Start start) {
        var done = new CompletableFuture<Void>();
        Thread.ofPlatform()
                .start(
                        () -> {
                            try {
                                start.run();
                                done.complete(null);
                            } catch (Exception e) {
                                done.completeExceptionally(e);
                            }
                        });
        return done;
    }
}
