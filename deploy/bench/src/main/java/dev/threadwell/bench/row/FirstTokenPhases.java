package dev.threadwell.bench.row;

import dev.threadwell.bench.client.Tap;
import dev.threadwell.bench.report.Samples;
import dev.threadwell.bench.report.Table;
import dev.threadwell.bench.report.Text;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Breaks the time to the first token down into phases, observed from outside: a Kafka subscriber
 * notes when each message of a run arrives, by the clock of the client that streams the run.
 *
 * <p>It is a separate measurement, because the subscriber itself costs time.
 */
final class FirstTokenPhases {

    /** The observed moments in their order. */
    private enum Moment {
        REQUEST_SENT,
        RUN_REQUESTED,
        IN_PROGRESS,
        MESSAGE_CREATED,
        FIRST_DELTA,
        CLIENT_HAS_IT
    }

    private record Phase(String text, Moment from, Moment to, String holds, double known) {}

    private final Lab lab;
    private final TimeToFirstToken.Clocks clocks;
    private final Map<String, Map<Moment, Long>> seenByRun = new ConcurrentHashMap<>();
    private final Map<Phase, Samples> samples = new LinkedHashMap<>();

    FirstTokenPhases(Lab lab, TimeToFirstToken.Clocks clocks) {
        this.lab = lab;
        this.clocks = clocks;
        phases().forEach(phase -> samples.put(phase, new Samples()));
    }

    private List<Phase> phases() {
        double commit = clocks.commit().p50();
        double hop = clocks.hop().p50();
        double model = clocks.direct().p50();
        return List.of(
                new Phase(
                        "the request, until `run.requested` is at a subscriber",
                        Moment.REQUEST_SENT,
                        Moment.RUN_REQUESTED,
                        "commit + hop",
                        commit + hop),
                new Phase(
                        "the claim, until `thread.run.in_progress` is on `run.stream`",
                        Moment.RUN_REQUESTED,
                        Moment.IN_PROGRESS,
                        "commit + hop",
                        commit + hop),
                new Phase(
                        "the conversation and the model, until `thread.message.created` is on `run.stream`",
                        Moment.IN_PROGRESS,
                        Moment.MESSAGE_CREATED,
                        "model's first token",
                        model),
                new Phase(
                        "from there to the first delta on `run.stream`",
                        Moment.MESSAGE_CREATED,
                        Moment.FIRST_DELTA,
                        "",
                        0),
                new Phase(
                        "from `run.stream` to the client, beyond what the subscriber took",
                        Moment.FIRST_DELTA,
                        Moment.CLIENT_HAS_IT,
                        "",
                        0));
    }

    /** Measures the phases; returns a Markdown section. */
    String measure() {
        try (var tap =
                Tap.on(lab.target().kafka(), List.of("run.requested", "run.stream"), this::seen)) {
            for (int i = 0; i < lab.size(20, 5); i++) {
                streamOne();
            }
            for (int i = 0; i < lab.size(300, 25); i++) {
                Map<Moment, Long> moments = streamOne();
                samples.forEach(
                        (phase, of) -> of.add(at(moments, phase.to()) - at(moments, phase.from())));
            }
        }
        return section();
    }

    private static long at(Map<Moment, Long> moments, Moment moment) {
        return Objects.requireNonNull(moments.get(moment), moment::name);
    }

    private Map<Moment, Long> streamOne() {
        String thread = lab.thread(TimeToFirstToken.ANSWER);
        Map<Moment, Long> moments = new EnumMap<>(Moment.class);
        List<String> run = new ArrayList<>();
        lab.loop()
                .await(
                        () -> {
                            moments.put(Moment.REQUEST_SENT, System.nanoTime());
                            return lab.threadwell().stream(
                                    thread,
                                    lab.assistant(),
                                    (event, data, nanos) -> {
                                        if (event.equals("thread.run.created")) {
                                            run.add(new JsonObject(data).getString("id"));
                                        } else if (event.equals("thread.message.delta")) {
                                            moments.putIfAbsent(Moment.CLIENT_HAS_IT, nanos);
                                        }
                                    });
                        });
        moments.putAll(awaitSeen(run.getFirst()));
        return moments;
    }

    // The stream has ended, so the topics contain everything; the subscriber lags at most a moment.
    private Map<Moment, Long> awaitSeen(String run) {
        long deadline = System.nanoTime() + 5_000_000_000L;
        while (true) {
            Map<Moment, Long> seen = seenByRun.getOrDefault(run, Map.of());
            if (seen.keySet()
                    .containsAll(
                            List.of(
                                    Moment.RUN_REQUESTED,
                                    Moment.IN_PROGRESS,
                                    Moment.MESSAGE_CREATED,
                                    Moment.FIRST_DELTA))) {
                seenByRun.remove(run);
                return seen;
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("of %s only %s was seen".formatted(run, seen));
            }
            Thread.onSpinWait();
        }
    }

    private void seen(ConsumerRecord<String, byte[]> message, long nanos) {
        if (message.topic().equals("run.requested")) {
            var requested = new JsonObject(new String(message.value(), StandardCharsets.UTF_8));
            note(requested.getJsonObject("run").getString("id"), Moment.RUN_REQUESTED, nanos);
            return;
        }
        switch (new String(message.headers().lastHeader("event").value(), StandardCharsets.UTF_8)) {
            case "thread.run.in_progress" -> note(message.key(), Moment.IN_PROGRESS, nanos);
            case "thread.message.created" -> note(message.key(), Moment.MESSAGE_CREATED, nanos);
            case "thread.message.delta" -> note(message.key(), Moment.FIRST_DELTA, nanos);
            default -> {} // no boundary of a phase
        }
    }

    private void note(String run, Moment moment, long nanos) {
        seenByRun
                .computeIfAbsent(run, ignored -> new ConcurrentHashMap<>())
                .putIfAbsent(moment, nanos);
    }

    private String section() {
        List<List<String>> rows = new ArrayList<>();
        samples.forEach(
                (phase, of) ->
                        rows.add(
                                List.of(
                                        phase.text(),
                                        Text.ms(of.p50()),
                                        Text.ms(of.p99()),
                                        phase.holds().isEmpty()
                                                ? ""
                                                : "%s: %s"
                                                        .formatted(
                                                                phase.holds(),
                                                                Text.ms(phase.known())),
                                        Text.ms(of.p50() - phase.known()))));
        return "### Where the time to the first token goes\n\n"
                + "%d streamed runs with a subscriber beside them; the baselines are those of row 1.\n\n"
                        .formatted(samples.values().iterator().next().count())
                + Table.of(
                        List.of("phase", "p50", "p99", "of it, by the baselines", "the rest"),
                        rows);
    }
}
