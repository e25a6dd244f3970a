package dev.threadwell.bench.client;

import dev.threadwell.bench.system.Target;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Map;
import java.util.function.LongConsumer;

/** Calls the simulated model directly, as the baseline for streams. */
public final class SimulatorClient {

    private static final String TOKEN = "\"delta\":{\"content\":\"";

    private final Http http;

    public SimulatorClient(Vertx vertx, Target target) {
        this(vertx, target.simulator());
    }

    SimulatorClient(Vertx vertx, URI base) {
        this.http = new Http(vertx, base, Map.of());
    }

    /** Streams a completion; reports the time of each token. */
    public Future<Void> stream(Direction direction, LongConsumer onToken) {
        return http.stream(
                "/chat/completions",
                new JsonObject()
                        .put("model", "simulator")
                        .put("stream", true)
                        .put("stream_options", new JsonObject().put("include_usage", true))
                        .put(
                                "messages",
                                new JsonArray()
                                        .add(
                                                new JsonObject()
                                                        .put("role", "user")
                                                        .put("content", direction.text()))),
                (event, data, nanos) -> {
                    if (data.contains(TOKEN)) {
                        onToken.accept(nanos);
                    }
                });
    }
}
