package dev.threadwell.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Runs while processes are killed and stopped at random: each run ends once, and every stream
 * shows, word for word, what is stored. {@code ./threadwell chaos 1000} does it on a larger scale.
 */
@OnInstallation
class ChaosTest {

    private static final int RUNS = Integer.getInteger("threadwell.chaos.runs", 20);
    private static final long SEED = Long.getLong("threadwell.chaos.seed", System.nanoTime());
    private static final int CLIENTS = Math.min(20, RUNS);
    private static final int BETWEEN_MS = 1_500;

    private final Installation installation;
    private final Random random = new Random(SEED);
    private final Map<String, Integer> done = new LinkedHashMap<>();

    ChaosTest(Installation installation) {
        this.installation = installation;
    }

    @AfterEach
    void heal() {
        installation.heals();
    }

    private record Disturbance(String name, Runnable action) {}

    private List<Disturbance> disturbances() {
        return List.of(
                new Disturbance("api-service killed", () -> anyApi().dies()),
                new Disturbance("api-service stopped", () -> anyApi().stops()),
                new Disturbance("run-worker killed", () -> anyWorker().dies()),
                new Disturbance("run-worker stopped", () -> anyWorker().stops()),
                new Disturbance("run-worker frozen", () -> anyWorker().freezes()),
                new Disturbance("tool-worker killed", () -> installation.toolWorker(0).dies()),
                new Disturbance("kafka restarted", this::restartsKafka),
                new Disturbance("kafka restarted", this::restartsKafka),
                new Disturbance("postgres killed", installation::postgresDies));
    }

    private void restartsKafka() {
        installation.kafkaStops();
        installation.kafkaStarts();
    }

    private ServiceProcess anyApi() {
        return installation.apiService(random.nextInt(2));
    }

    private ServiceProcess anyWorker() {
        return installation.runWorker(random.nextInt(2));
    }

    @Test
    void everyRunEndsOnceAndEveryStreamShowsWhatIsStored() throws Exception {
        System.out.printf("chaos: runs=%d seed=%d%n", RUNS, SEED);
        List<ChaosRun> runs = Installation.times(RUNS, n -> new ChaosRun(installation, n, SEED));
        List<String> violations = new ArrayList<>();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<?>> ends = new ArrayList<>();
            runs.forEach(run -> ends.add(clients.submit(run::carryOut)));
            // On this thread, because processes end with the thread that has started them.
            while (!ends.stream().allMatch(Future::isDone)) {
                disturbs();
            }
            for (Future<?> end : ends) {
                try {
                    end.get();
                } catch (ExecutionException e) {
                    violations.add(String.valueOf(e.getCause()));
                }
            }
        }
        installation.heals();
        List<ClientRun> ended = new ArrayList<>();
        if (violations.isEmpty()) {
            for (ChaosRun run : runs) {
                violations.add(run.violation());
                ended.add(run.run());
            }
        }
        violations.removeIf(String::isEmpty);
        System.out.printf(
                "chaos: runs=%d disturbances=%s interrupted=%d violations=%d%n",
                RUNS,
                done,
                runs.stream().mapToInt(ChaosRun::interruptions).sum(),
                violations.size());
        assertThat(violations).as("violations with the seed %d", SEED).isEmpty();
        new Invariants(installation).holdForEnded(ended);
    }

    /** One thing, with everything healed behind it. */
    private void disturbs() {
        Disturbance next = disturbances().get(random.nextInt(disturbances().size()));
        next.action().run();
        done.merge(next.name(), 1, Integer::sum);
        pauses();
        installation.heals();
        pauses();
    }

    /** The time in which a disturbance is felt, not something that is waited for. */
    private void pauses() {
        try {
            TimeUnit.MILLISECONDS.sleep(random.nextInt(BETWEEN_MS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
