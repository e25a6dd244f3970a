package dev.threadwell.flow;

import dev.threadwell.embedded.Directories;
import dev.threadwell.embedded.EmbeddedKafka;
import dev.threadwell.embedded.EmbeddedPostgres;
import dev.threadwell.embedded.EmbeddedServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The whole system: two API nodes, two run workers and a tool worker over Kafka and PostgreSQL. */
final class Installation implements AutoCloseable {

    private static final String KEY = "sk-flow-0123456789abcdef";

    /**
     * Each is far beyond what a busy machine delays anything by: no test waits for one of them but
     * those that are about it.
     */
    private static final Map<String, String> SETTINGS =
            Map.of(
                    "THREADWELL_API_KEY", KEY,
                    "THREADWELL_WORKER_LEASE", "6s",
                    "THREADWELL_WORKER_HEARTBEAT", "500ms",
                    "THREADWELL_MODEL_IDLE_TIMEOUT", "20s",
                    "THREADWELL_MODEL_ATTEMPTS", "3",
                    "THREADWELL_MODEL_FIRST_BACKOFF", "50ms",
                    "THREADWELL_EGRESS_ALLOWED", "127.0.0.1",
                    "THREADWELL_FUNCTIONS_TOPICS", "tides",
                    "QUARKUS_HTTP_HOST", "127.0.0.1");

    private final Path directory;
    private final Model model = new Model();
    private final TraceReceiver traces = new TraceReceiver();
    private final Database database;
    private final List<ServiceProcess> apiServices;
    private final List<ServiceProcess> runWorkers;
    private final List<ServiceProcess> toolWorkers;
    private EmbeddedPostgres postgres;
    private EmbeddedKafka kafka;
    private boolean kafkaRuns = true;
    private boolean postgresFrozen;
    private final Workers workers;

    private Installation(Path directory) {
        this.directory = directory;
        var servers = EmbeddedServers.start(directory, 0, 0);
        postgres = servers.postgres();
        kafka = servers.kafka();
        database = new Database(() -> postgres.jdbcUrl(), postgres.user(), postgres.password());
        apiServices = services("api-service", 2);
        runWorkers = services("run-worker", 2);
        toolWorkers = services("tool-worker", 1);
        workers = new Workers(database);
    }

    static Installation start() {
        try {
            // JVMs that test side by side have one each.
            String name = System.getProperty("threadwell.test.installation", "installation");
            Path directory = Repository.MODULE.resolve("target").resolve(name);
            Directories.delete(directory);
            Files.createDirectories(directory);
            var installation = new Installation(directory);
            // The first API node brings the tables.
            installation.apiService(0).launches().awaitsReady();
            AotCaches.make(
                    List.of(
                            installation.apiService(1),
                            installation.runWorker(0),
                            installation.toolWorker(0)));
            installation.heals();
            return installation;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<ServiceProcess> services(String role, int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> new ServiceProcess(role, n, directory, environment()))
                .toList();
    }

    private Map<String, String> environment() {
        return Stream.of(
                        SETTINGS,
                        Map.of(
                                "THREADWELL_HTTP_DRAIN", "12s",
                                "THREADWELL_WORKER_DRAIN", "12s",
                                "THREADWELL_TOOLS_DRAIN", "12s"),
                        Map.of(
                                "THREADWELL_POLL_WAIT_AT_MOST", "30s",
                                "THREADWELL_STREAM_GRACE", "30s"),
                        Map.of(
                                "THREADWELL_EMBEDDINGS_BASE_URL",
                                model.url(),
                                "THREADWELL_FILE_SEARCH_DIRECTORY",
                                directory.resolve("file-search").toString(),
                                "THREADWELL_VISION_MODEL",
                                "simulated"),
                        Map.of(
                                "THREADWELL_WEB_SEARCH_ENGINE",
                                "searxng",
                                "THREADWELL_WEB_SEARCH_BASE_URL",
                                model.url().replaceFirst("/v1$", "")),
                        traces.settings(),
                        asEnvironment(kafka.serviceSettings()),
                        Map.of(
                                "QUARKUS_DATASOURCE_REACTIVE_URL", postgres.reactiveUrl(),
                                "QUARKUS_DATASOURCE_JDBC_URL", postgres.jdbcUrl(),
                                "QUARKUS_DATASOURCE_USERNAME", postgres.user(),
                                "QUARKUS_DATASOURCE_PASSWORD", postgres.password(),
                                "THREADWELL_BLOBS_DIRECTORY", directory.resolve("blobs").toString(),
                                "THREADWELL_MODEL_BASE_URL", model.url()))
                .flatMap(settings -> settings.entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map<String, String> asEnvironment(Map<String, String> properties) {
        return properties.entrySet().stream()
                .collect(
                        Collectors.toMap(
                                e -> e.getKey().replace('.', '_').toUpperCase(Locale.ROOT),
                                Map.Entry::getValue));
    }

    Model model() {
        return model;
    }

    TraceReceiver traces() {
        return traces;
    }

    Database database() {
        return database;
    }

    Topic topic(String name) {
        return new Topic(name, Map.copyOf(kafka.clientSettings()));
    }

    ServiceProcess apiService(int n) {
        return apiServices.get(n);
    }

    ServiceProcess runWorker(int n) {
        return runWorkers.get(n);
    }

    ServiceProcess toolWorker(int n) {
        return toolWorkers.get(n);
    }

    /** The worker that holds the run right now. */
    ServiceProcess holderOf(ClientRun run) {
        return workers.processOf(
                Eventually.present(
                        "a worker holds " + run.id(),
                        () -> database.value("select worker from runs where id = ?", run.id())));
    }

    Http node(int n) {
        return new Http(apiService(n).base(), KEY);
    }

    Client client() {
        return new Client(node(0));
    }

    /** An application with a project of its own. */
    Client clientOfProject(String project) {
        String key = "sk-flow-" + project + "-0123456789abcdef";
        database.createProject(project, key);
        return new Client(new Http(apiService(0).base(), key));
    }

    void kafkaStops() {
        kafka.close();
        kafkaRuns = false;
    }

    void kafkaStarts() {
        kafka = EmbeddedKafka.start(directory.resolve("kafka"), kafka.port());
        kafkaRuns = true;
    }

    /** Kills PostgreSQL. */
    void postgresDies() {
        ProcessHandle.of(postgres.pid()).ifPresent(ProcessHandle::destroyForcibly);
        Eventually.isTrue("PostgreSQL has ended", () -> ProcessHandle.of(postgres.pid()).isEmpty());
        postgres.close();
    }

    void postgresStarts() {
        postgres = EmbeddedPostgres.start(directory.resolve("postgres"), postgres.port());
    }

    /** PostgreSQL gets no more time, with all its processes, until it {@link #postgresThaws}. */
    void postgresFreezes() {
        signalPostgres("-STOP");
        postgresFrozen = true;
    }

    void postgresThaws() {
        signalPostgres("-CONT");
        postgresFrozen = false;
    }

    // Its first process, which starts all others, is the first to stand still.
    private void signalPostgres(String signal) {
        var server = ProcessHandle.of(postgres.pid()).orElseThrow();
        Signals.send(signal, server);
        server.descendants().forEach(process -> Signals.send(signal, process));
    }

    /** Starts the run workers anew with these settings of their own. */
    void runWorkersUse(Map<String, String> settings) {
        for (ServiceProcess worker : runWorkers) {
            worker.stops();
            worker.uses(settings);
        }
        heals();
    }

    /** Starts the API nodes anew with these settings of their own. */
    void apiServicesUse(Map<String, String> settings) {
        use(apiServices, settings);
    }

    /** Starts all services anew with these settings of their own. */
    void servicesUse(Map<String, String> settings) {
        use(services(), settings);
    }

    private void use(List<ServiceProcess> services, Map<String, String> settings) {
        for (ServiceProcess service : services) {
            service.stops();
            service.uses(settings);
        }
        heals();
    }

    List<ServiceProcess> services() {
        return all().toList();
    }

    /** Starts whatever does not run, and waits until all of it is ready. */
    void heals() {
        if (!kafkaRuns) {
            kafkaStarts();
        }
        if (postgresFrozen) {
            postgresThaws();
        }
        if (ProcessHandle.of(postgres.pid()).isEmpty()) {
            postgres.close();
            postgresStarts();
        }
        all().filter(ServiceProcess::isFrozen).forEach(ServiceProcess::thaws);
        Stream.concat(apiServices.stream(), toolWorkers.stream())
                .filter(service -> !service.isAlive())
                .forEach(ServiceProcess::launches);
        runWorkers.stream().filter(worker -> !worker.isAlive()).forEach(workers::starts);
        all().forEach(ServiceProcess::awaitsReady);
    }

    private Stream<ServiceProcess> all() {
        return Stream.of(apiServices, runWorkers, toolWorkers).flatMap(List::stream);
    }

    @Override
    public void close() {
        List<ServiceProcess> alive =
                new ArrayList<>(all().filter(ServiceProcess::isAlive).toList());
        alive.stream().filter(ServiceProcess::isFrozen).forEach(ServiceProcess::thaws);
        alive.reversed().forEach(ServiceProcess::stops);
        model.close();
        traces.close();
        if (kafkaRuns) {
            kafka.close();
        }
        postgres.close();
    }

    /** For each of its kind. */
    static <T> List<T> times(int count, Function<Integer, T> make) {
        return IntStream.range(0, count).boxed().map(make).toList();
    }
}
