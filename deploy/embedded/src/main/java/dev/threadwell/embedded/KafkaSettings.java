package dev.threadwell.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The broker's settings: one node that is broker and controller, tuned for a small machine. */
final class KafkaSettings {

    static final String CONTROLLER = "CONTROLLER";
    static final int NODE = 1;

    private static final String CLIENT = "CLIENT";

    private KafkaSettings() {}

    static Map<String, String> of(
            Path logs, int port, int controllerPort, KafkaCredentials credentials) {
        Map<String, String> settings = new HashMap<>();
        settings.putAll(oneNode(logs, port, controllerPort));
        settings.putAll(onlyForOurUser(credentials));
        settings.putAll(aloneInItsCluster());
        settings.putAll(small());
        return Map.copyOf(settings);
    }

    private static Map<String, String> oneNode(Path logs, int port, int controllerPort) {
        return Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                "" + NODE,
                "controller.quorum.voters",
                NODE + "@127.0.0.1:" + controllerPort,
                "controller.listener.names",
                CONTROLLER,
                "listeners",
                "CLIENT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controllerPort),
                "advertised.listeners",
                "CLIENT://127.0.0.1:" + port,
                "listener.security.protocol.map",
                "CLIENT:SASL_PLAINTEXT,CONTROLLER:SASL_PLAINTEXT",
                "log.dirs",
                logs.toString());
    }

    /**
     * Both listeners require the password, because a client of the controller could change
     * everything.
     */
    private static Map<String, String> onlyForOurUser(KafkaCredentials credentials) {
        Map<String, String> settings = new HashMap<>();
        settings.put("inter.broker.listener.name", CLIENT);
        settings.put("sasl.enabled.mechanisms", KafkaCredentials.MECHANISM);
        settings.put("sasl.mechanism.inter.broker.protocol", KafkaCredentials.MECHANISM);
        settings.put("sasl.mechanism.controller.protocol", KafkaCredentials.MECHANISM);
        for (String listener : List.of(CLIENT, CONTROLLER)) {
            String prefix =
                    "listener.name.%s.%s.sasl."
                            .formatted(listener, KafkaCredentials.MECHANISM)
                            .toLowerCase(Locale.ROOT);
            settings.put(prefix + "jaas.config", credentials.jaas());
            settings.put(
                    prefix + "server.callback.handler.class", ScramCallbackHandler.class.getName());
        }
        return settings;
    }

    private static Map<String, String> aloneInItsCluster() {
        return Map.ofEntries(
                Map.entry("offsets.topic.replication.factor", "1"),
                Map.entry("offsets.topic.num.partitions", "4"),
                Map.entry("transaction.state.log.replication.factor", "1"),
                Map.entry("transaction.state.log.min.isr", "1"),
                Map.entry("transaction.state.log.num.partitions", "2"),
                Map.entry("share.coordinator.state.topic.replication.factor", "1"),
                Map.entry("share.coordinator.state.topic.min.isr", "1"),
                Map.entry("share.coordinator.state.topic.num.partitions", "1"),
                Map.entry("group.initial.rebalance.delay.ms", "0"),
                Map.entry("auto.create.topics.enable", "false"),
                // After a crash the broker can register again only when its old session has
                // expired.
                Map.entry("broker.heartbeat.interval.ms", "500"),
                Map.entry("broker.session.timeout.ms", "3000"));
    }

    private static Map<String, String> small() {
        return Map.of(
                "num.network.threads",
                "2",
                "num.io.threads",
                "2",
                "background.threads",
                "2",
                "log.segment.bytes",
                "" + 64 * 1024 * 1024,
                "log.index.size.max.bytes",
                "" + 1024 * 1024,
                "log.cleaner.dedupe.buffer.size",
                "" + 4 * 1024 * 1024);
    }
}
