package dev.threadwell.standalone;

import dev.threadwell.embedded.CannotStart;
import dev.threadwell.embedded.DirectoryLock;
import dev.threadwell.embedded.KafkaCredentials;
import dev.threadwell.embedded.KafkaTopics;
import dev.threadwell.embedded.ServerPort;
import dev.threadwell.standalone.Programs.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The supervisor of the split mode: runs each service, PostgreSQL, Kafka and the simulator as a
 * process of its own.
 */
final class Split implements AutoCloseable {

    /** The number of processes of each service. */
    record Sizes(int apis, int runWorkers, int toolWorkers) {
        int of(Service service) {
            return switch (service) {
                case API -> apis;
                case RUN_WORKER -> runWorkers;
                case TOOL_WORKER -> toolWorkers;
            };
        }
    }

    private static final int HOPELESS = 4;
    private static final Predicate<String> NOTHING = name -> false;

    private final Settings settings;
    private final Programs programs;
    private final DirectoryLock lock;
    private final ReadyFile readyFile;
    private final List<Supervised> servers = new CopyOnWriteArrayList<>();
    private final List<Supervised> services = new CopyOnWriteArrayList<>();
    private boolean ready;
    private boolean stopped;

    private Split(Settings settings, Programs programs) {
        this.settings = settings;
        this.programs = programs;
        this.lock = DirectoryLock.hold(settings.home(), "data");
        this.readyFile = new ReadyFile(settings);
    }

    /** Starts everything and returns when all services are ready. */
    static Split start(Settings settings, Sizes sizes, Programs programs) {
        if (!ServerPort.isFree(settings.port())) {
            throw new CannotStart("Port %d is in use.".formatted(settings.port()));
        }
        var split = new Split(settings, programs);
        Runtime.getRuntime().addShutdownHook(new Thread(split::close, "stop"));
        try {
            split.readyFile.remove();
            Map<String, String> environment = split.startServers();
            for (Service service : Service.values()) {
                for (int number = 1; number <= sizes.of(service); number++) {
                    split.startService(service, number, environment);
                }
            }
            split.awaitServices();
            split.announceReady();
            return split;
        } catch (IOException e) {
            split.close();
            throw new CannotStart(
                    "The data directory %s can not be used: %s".formatted(settings.home(), e), e);
        } catch (InterruptedException e) {
            split.close();
            Thread.currentThread().interrupt();
            throw new CannotStart("The start was interrupted.", e);
        } catch (RuntimeException e) {
            split.close();
            throw e;
        }
    }

    /** Stops the services first, then the servers they depend on. */
    @Override
    public void close() {
        synchronized (this) {
            if (stopped) {
                return;
            }
            stopped = true;
            ready = false;
            readyFile.remove();
        }
        try (var stops = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            services.forEach(service -> stops.execute(service::stop));
        }
        servers.reversed().forEach(Supervised::stop);
        lock.close();
    }

    // PostgreSQL and Kafka start in parallel: the broker's JVM starts up while initdb runs.
    private Map<String, String> startServers() throws IOException {
        Path kafkaHome = Files.createDirectories(settings.home().resolve("kafka"));
        Path postgresHome = Files.createDirectories(settings.home().resolve("postgres"));
        int kafkaPort = ServerPort.choose(kafkaHome, 0, "Kafka");
        var kafka = KafkaCredentials.in(kafkaHome);
        int postgresPort = ServerPort.choose(postgresHome, 0, "PostgreSQL");
        Optional<Integer> simulatorPort =
                settings.provider().isPresent()
                        ? Optional.empty()
                        : Optional.of(
                                ServerPort.choose(
                                        settings.home().resolve("simulator"), 0, "the simulator"));
        server(
                "kafka",
                kafkaPort,
                program(programs.kafka(kafkaHome, kafkaPort), NOTHING, Map.of(), "kafka"));
        simulatorPort.ifPresent(
                port ->
                        server(
                                "simulator",
                                port,
                                program(
                                        programs.simulator(),
                                        NOTHING,
                                        Map.of("THREADWELL_SIMULATOR_PORT", port.toString()),
                                        "simulator")));
        server(
                "postgres",
                postgresPort,
                Processes.postgres(postgresHome, postgresPort, settings.log("postgres")));
        var environment =
                ServiceSettings.of(
                        settings,
                        postgresPort,
                        Files.readString(postgresHome.resolve("password")),
                        kafka.serviceSettings(kafkaPort),
                        simulatorPort);
        KafkaTopics.awaitBroker(kafka.clientSettings(kafkaPort));
        return environment.asEnvironment();
    }

    private void server(String role, int port, Supervised.Launch launch) {
        var server = new Supervised(role, role, port, launch, this::tell);
        startIn(servers, server);
    }

    private void startService(Service service, int number, Map<String, String> environment) {
        String id = service.role() + "-" + number;
        boolean front = service == Service.API && number == 1;
        int port = front ? settings.port() : ServerPort.free();
        var known = new ServiceEnvironment(service, System.getenv());
        Map<String, String> own = new HashMap<>(known.of(environment));
        own.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        var process =
                new Supervised(
                        service.role(),
                        id,
                        port,
                        program(programs.service(service), known::passes, own, id),
                        this::tell);
        startIn(services, process);
    }

    private void startIn(List<Supervised> group, Supervised process) {
        synchronized (this) {
            if (stopped) {
                throw new CannotStart("Threadwell was stopped while it was starting.");
            }
            group.add(process);
        }
        process.start();
    }

    private Supervised.Launch program(
            List<String> command, Predicate<String> passed, Map<String, String> own, String id) {
        return Processes.program(command, passed, own, settings.log(id), programs.stopLimit());
    }

    private void awaitServices() throws InterruptedException {
        long deadline = System.nanoTime() + programs.startLimit().toNanos();
        try (var health = new Health()) {
            for (Supervised service : services) {
                while (!health.isReady(service.port())) {
                    if (service.deaths() >= HOPELESS || System.nanoTime() > deadline) {
                        throw new CannotStart(
                                "%s does not become ready; its log is %s."
                                        .formatted(service.id(), settings.log(service.id())));
                    }
                    Thread.sleep(50);
                }
            }
        }
    }

    private synchronized void announceReady() {
        ready = true;
        tell();
        Console.sayReady(settings);
    }

    private synchronized void tell() {
        if (ready) {
            readyFile.write(
                    Stream.concat(servers.stream(), services.stream())
                            .map(Supervised::entry)
                            .toList());
        }
    }
}
