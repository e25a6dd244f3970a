package dev.threadwell.persistence;

import dev.threadwell.Samples;
import dev.threadwell.embedded.test.ServersForTests;
import dev.threadwell.persistence.assistant.AssistantStore;
import dev.threadwell.persistence.project.ApiKeyStore;
import dev.threadwell.persistence.project.ProjectStore;
import dev.threadwell.persistence.run.ClaimedRuns;
import dev.threadwell.persistence.run.Leases;
import dev.threadwell.persistence.run.RunMetrics;
import dev.threadwell.persistence.run.RunRow;
import dev.threadwell.persistence.run.RunStore;
import dev.threadwell.persistence.run.RunTransactions;
import dev.threadwell.persistence.run.StepStore;
import dev.threadwell.persistence.run.ThreadDeletion;
import dev.threadwell.persistence.thread.ConversationStore;
import dev.threadwell.persistence.thread.MessageStore;
import dev.threadwell.persistence.thread.ThreadStore;
import dev.threadwell.platform.kafka.KafkaConnection;
import dev.threadwell.platform.outbox.Outbox;
import dev.threadwell.platform.outbox.OutboxMessage;
import dev.threadwell.platform.outbox.OutboxProducer;
import dev.threadwell.project.BusyThread;
import dev.threadwell.run.Run;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.ThreadObject;
import dev.threadwell.topic.RunRequested;
import dev.threadwell.topic.Topics;
import dev.threadwell.wire.Json;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.flywaydb.core.Flyway;

/**
 * Fixture: the stores on a real PostgreSQL with all migrations, and the outbox messages that they
 * publish.
 */
public final class Stores {

    public static final String PROJECT = "proj_harbour";
    public static final Pool POOL = migrated();

    /** Shared by all tests, because each instance has a real producer. */
    private static final Published PUBLISHED = new Published();

    public final Published published = PUBLISHED;
    public final Outbox outbox;
    public final MeterRegistry meters = new SimpleMeterRegistry();
    public final RunTransactions transactions;
    public final InstantSource clock;
    public final RunStore runs;
    public final ClaimedRuns claimed;
    public final Leases leases;
    public final ThreadDeletion deletion;
    public final MessageStore messages;
    public final ThreadStore threads;
    public final ConversationStore conversation;
    public final StepStore steps;
    public final AssistantStore assistants;
    public final ApiKeyStore keys;
    public final ProjectStore projects;

    public Stores() {
        this(InstantSource.fixed(Samples.NOW));
    }

    public Stores(InstantSource clock) {
        this(POOL, clock);
    }

    /** The stores on another database. */
    public Stores(Pool pool, InstantSource clock) {
        this.clock = clock;
        RunMetrics metrics = new RunMetrics(meters, InstantSource.system());
        outbox = new Outbox(pool, published);
        transactions = new RunTransactions(pool, outbox, metrics);
        runs = new RunStore(pool, outbox, transactions, metrics, clock);
        claimed = new ClaimedRuns(pool, outbox, metrics, clock);
        leases = new Leases(pool, runs);
        deletion = new ThreadDeletion(pool, outbox, clock);
        messages = new MessageStore(pool);
        threads = new ThreadStore(pool);
        conversation = new ConversationStore(pool);
        steps = new StepStore(pool);
        assistants = new AssistantStore(pool);
        keys = new ApiKeyStore(pool);
        projects = new ProjectStore(pool);
    }

    /** A fake producer that records the messages, for tests whose subject is not Kafka. */
    public static final class Published extends OutboxProducer {

        private final Queue<OutboxMessage> messages = new ConcurrentLinkedQueue<>();

        Published() {
            super(new KafkaConnection(ServersForTests.kafkaClient()));
        }

        @Override
        public CompletableFuture<RecordMetadata> send(OutboxMessage message) {
            messages.add(message);
            return CompletableFuture.completedFuture(
                    new RecordMetadata(new TopicPartition(message.topic(), 0), 0, 0, 0, 0, 0));
        }

        public List<OutboxMessage> of(Run run) {
            return messages.stream().filter(f -> f.payload().contains(run.id())).toList();
        }

        public List<String> announced(Run run) {
            return of(run).stream()
                    .filter(f -> f.topic().equals(Topics.RUN_ANNOUNCED))
                    .map(f -> f.headers().get("ce_type"))
                    .toList();
        }

        /** The newest requests, oldest first. */
        List<RunRequested> requests(int number) {
            List<OutboxMessage> all =
                    messages.stream().filter(f -> f.topic().equals(Topics.RUN_REQUESTED)).toList();
            return all.subList(Math.max(0, all.size() - number), all.size()).stream()
                    .map(f -> Json.read(f.payload(), RunRequested.class))
                    .toList();
        }

        /** The newest request for this run. */
        public RunRequested request(Run run) {
            return of(run).stream()
                    .filter(f -> f.topic().equals(Topics.RUN_REQUESTED))
                    .reduce((a, b) -> b)
                    .map(f -> Json.read(f.payload(), RunRequested.class))
                    .orElseThrow(() -> new AssertionError("never requested: " + run.id()));
        }
    }

    /** Makes the tables in a schema, or brings them up to date. */
    static void migrate(String jdbcUrl, String schema) {
        Flyway.configure()
                .dataSource(
                        jdbcUrl,
                        System.getProperty("quarkus.datasource.username"),
                        System.getProperty("quarkus.datasource.password"))
                .schemas(schema)
                .load()
                .migrate();
    }

    private static Pool migrated() {
        migrate(System.getProperty("quarkus.datasource.jdbc.url"), "public");
        PgConnectOptions database =
                PgConnectOptions.fromUri(System.getProperty("quarkus.datasource.reactive.url"))
                        .setUser(System.getProperty("quarkus.datasource.username"))
                        .setPassword(System.getProperty("quarkus.datasource.password"))
                        .setCachePreparedStatements(true);
        return Pool.newInstance(
                PgBuilder.pool()
                        .with(new PoolOptions().setMaxSize(32))
                        .connectingTo(database)
                        .using(Vertx.vertx())
                        .build());
    }

    public static <T> T await(Uni<T> answer) {
        return answer.await().atMost(Duration.ofMinutes(2));
    }

    /** Runs all of them concurrently. */
    public static <T> List<T> together(List<Uni<T>> wishes) {
        List<CompletableFuture<T>> begun =
                wishes.stream().map(Uni::subscribeAsCompletionStage).toList();
        return begun.stream().map(CompletableFuture::join).toList();
    }

    public static List<Row> query(String sql, Object... parameters) {
        return await(POOL.preparedQuery(sql).execute(Tuple.from(List.of(parameters)))).stream()
                .toList();
    }

    /** The generic plan of a statement, which does not depend on its parameters. */
    public static String genericPlan(String sql) {
        return await(POOL.query("explain (generic_plan) " + sql).execute()).stream()
                .map(row -> row.getString(0))
                .collect(Collectors.joining("\n"));
    }

    public static long number(String sql, Object... parameters) {
        return Objects.requireNonNull(query(sql, parameters).getFirst().getLong(0));
    }

    /** A new thread with one question. */
    public ThreadObject thread() {
        ThreadObject thread = Samples.thread();
        Message question = Samples.question(thread.id(), "When does the ferry leave?");
        return await(threads.create(PROJECT, thread, List.of(question)));
    }

    /** The newest messages of a thread, oldest first. */
    public Uni<List<Message>> newest(String threadId, int limit) {
        return conversation
                .newest(threadId, new ConversationStore.Reach(limit, Long.MAX_VALUE, false))
                .map(
                        excerpt ->
                                excerpt.entries().stream()
                                        .filter(ConversationStore.Entry.Said.class::isInstance)
                                        .map(e -> ((ConversationStore.Entry.Said) e).message())
                                        .toList());
    }

    /** A queued run on a new thread. */
    public RunRow queued() {
        return queuedOn(thread().id());
    }

    public RunRow queuedOn(String threadId) {
        RunRow row = RunRow.created(PROJECT, Samples.queued(threadId), null);
        return ((RunStore.Creation.Created) await(runs.create(row, List.of(), BusyThread.REJECT)))
                .row();
    }

    /** A run that this worker has claimed. */
    public RunRow claimedBy(String worker) {
        return claimed(queued(), worker);
    }

    public RunRow claimed(RunRow queued, String worker) {
        RunRequested request = published.request(queued.run());
        return await(claimed.claim(List.of(request), worker)).getFirst().row();
    }

    /** The row as the database has it. */
    public RunRow stored(RunRow row) {
        return Objects.requireNonNull(await(runs.row(row.key())));
    }
}
