package dev.threadwell.containers;

import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Volume;
import dev.threadwell.flow.Client;
import dev.threadwell.flow.Http;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.startupcheck.IsRunningStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.PullPolicy;
import org.testcontainers.utility.DockerImageName;

/**
 * The product as containers on a network of their own: API nodes, run workers and a tool worker
 * from our images, over images of PostgreSQL and Kafka.
 */
final class Installation implements AutoCloseable {

    private static final String KEY = "sk-containers-0123456789abcdef";
    private static final String PASSWORD = UUID.randomUUID().toString();
    private static final String BLOBS = "/var/lib/threadwell/blobs";
    private static final Duration START = Duration.ofMinutes(5);
    private static final long MEBIBYTE = 1024 * 1024;

    private final Versions versions;
    private final Network network =
            Network.builder()
                    .createNetworkCmdModifier(c -> c.withLabels(Environment.LABELS))
                    .build();
    private final String volume = "threadwell-test-" + UUID.randomUUID();
    private final Member postgres;
    private final Member kafka;
    private final Member simulator;
    private final List<Member> apiServices;
    private final List<Member> runWorkers;
    private final List<Member> toolWorkers;

    private Installation(Versions versions, int nodes, int workers) {
        this.versions = versions;
        postgres = postgres();
        kafka = kafka();
        simulator = service("simulator", "simulator", 192);
        apiServices = services("api-service", nodes, 640);
        runWorkers = services("run-worker", workers, 512);
        toolWorkers = services("tool-worker", 1, 1280);
    }

    /** So many API nodes and run workers, and one tool worker; ready when this returns. */
    static Installation start(Versions versions, int nodes, int workers) {
        var docker = DockerClientFactory.lazyClient();
        var installation = new Installation(versions, nodes, workers);
        docker.createVolumeCmd()
                .withName(installation.volume)
                .withLabels(Environment.LABELS)
                .exec();
        try {
            installation.starts();
            return installation;
        } catch (RuntimeException | AssertionError e) {
            installation.close();
            throw e;
        }
    }

    private void starts() {
        postgres.container().start();
        kafka.container().start();
        simulator.container().start();
        services().forEach(service -> service.container().start());
        services().forEach(Member::awaitsReady);
    }

    private Member postgres() {
        return new Member(
                "postgres",
                container(versions.postgresImage(), "postgres", 512)
                        .withExposedPorts(5432)
                        .withEnv("POSTGRES_USER", "threadwell")
                        .withEnv("POSTGRES_DB", "threadwell")
                        .withEnv("POSTGRES_PASSWORD", PASSWORD)
                        .withCommand("postgres", "-c", "max_connections=200")
                        .waitingFor(
                                Wait.forLogMessage(
                                                ".*database system is ready to accept connections.*",
                                                2)
                                        .withStartupTimeout(START)));
    }

    private Member kafka() {
        return new Member(
                "kafka",
                container(versions.kafkaImage(), "kafka", 768)
                        .withEnv("KAFKA_NODE_ID", "1")
                        .withEnv("KAFKA_PROCESS_ROLES", "broker,controller")
                        .withEnv("KAFKA_LISTENERS", "PLAINTEXT://:9092,CONTROLLER://:9093")
                        .withEnv("KAFKA_ADVERTISED_LISTENERS", "PLAINTEXT://kafka:9092")
                        .withEnv("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER")
                        .withEnv(
                                "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP",
                                "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT")
                        .withEnv("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@localhost:9093")
                        .withEnv("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1")
                        .withEnv("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1")
                        .withEnv("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1")
                        .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0")
                        .withEnv("KAFKA_HEAP_OPTS", "-Xmx384m -Xms128m")
                        .waitingFor(
                                Wait.forLogMessage(".*Transitioning from RECOVERY to RUNNING.*", 1)
                                        .withStartupTimeout(START)));
    }

    private List<Member> services(String image, int count, long mebibytes) {
        return IntStream.range(0, count)
                .mapToObj(n -> service(image, image + "-" + n, mebibytes))
                .toList();
    }

    /** One of ours: with nothing writable but /tmp, no capabilities, and no way to gain any. */
    private Member service(String image, String name, long mebibytes) {
        GenericContainer<?> container =
                container(Environment.image(image), name, mebibytes)
                        .withExposedPorts(8080)
                        .withTmpFs(Map.of("/tmp", "rw,exec,nosuid,nodev,mode=1777"))
                        .withEnv(environment())
                        .withStartupCheckStrategy(
                                new IsRunningStartupCheckStrategy().withTimeout(START));
        container.withCreateContainerCmdModifier(
                create ->
                        create.getHostConfig()
                                .withReadonlyRootfs(true)
                                .withCapDrop(Capability.ALL)
                                .withSecurityOpts(List.of("no-new-privileges"))
                                .withBinds(new Bind(volume, new Volume(BLOBS), AccessMode.rw)));
        // Ready is asked for once all have been started, so that they start side by side.
        container.setWaitStrategy(
                image.equals("simulator")
                        ? Wait.forHttp("/v1/models").forPort(8080).withStartupTimeout(START)
                        : new DoesNotWait());
        return new Member(name, container);
    }

    private GenericContainer<?> container(String image, String name, long mebibytes) {
        return new GenericContainer<>(DockerImageName.parse(image))
                .withImagePullPolicy(PullPolicy.defaultPolicy())
                .withNetwork(network)
                .withNetworkAliases(name)
                .withLabels(Environment.LABELS)
                .withCreateContainerCmdModifier(
                        create -> create.getHostConfig().withMemory(mebibytes * MEBIBYTE));
    }

    private static Map<String, String> environment() {
        return Map.of(
                "THREADWELL_API_KEY", KEY,
                "THREADWELL_MODEL_BASE_URL", "http://simulator:8080/v1",
                "THREADWELL_BLOBS_DIRECTORY", BLOBS,
                "KAFKA_BOOTSTRAP_SERVERS", "kafka:9092",
                "QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://postgres:5432/threadwell",
                "QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://postgres:5432/threadwell",
                "QUARKUS_DATASOURCE_USERNAME", "threadwell",
                "QUARKUS_DATASOURCE_PASSWORD", PASSWORD,
                "THREADWELL_MODEL_FIRST_BACKOFF", "50ms");
    }

    Member postgresServer() {
        return postgres;
    }

    Member broker() {
        return kafka;
    }

    Member apiService(int n) {
        return apiServices.get(n);
    }

    Member runWorker(int n) {
        return runWorkers.get(n);
    }

    Member toolWorker() {
        return toolWorkers.getFirst();
    }

    Http node(int n) {
        return new Http("http://" + apiService(n).address(8080), KEY);
    }

    Client client() {
        return new Client(node(0));
    }

    Tables tables() {
        return new Tables(
                "jdbc:postgresql://%s/threadwell".formatted(postgres.address(5432)),
                "threadwell",
                PASSWORD);
    }

    /** Starts whatever does not run, and waits until all of it is ready. */
    void heals() {
        all().filter(member -> !member.isAlive()).forEach(Member::startsAgain);
        services().forEach(Member::awaitsReady);
    }

    List<Member> services() {
        return Stream.of(apiServices, runWorkers, toolWorkers).flatMap(List::stream).toList();
    }

    private Stream<Member> all() {
        return Stream.concat(Stream.of(postgres, kafka, simulator), services().stream());
    }

    @Override
    public void close() {
        List<Member> started =
                new ArrayList<>(all().filter(m -> m.container().getContainerId() != null).toList());
        Path logs = Environment.MODULE.resolve("target/logs").resolve(versions.toString());
        try {
            Files.createDirectories(logs);
            for (Member member : started) {
                member.keepsLogIn(logs);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            started.reversed().forEach(member -> member.container().stop());
            network.close();
            DockerClientFactory.lazyClient().removeVolumeCmd(volume).exec();
        }
    }
}
