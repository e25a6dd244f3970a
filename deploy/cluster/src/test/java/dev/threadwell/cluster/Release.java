package dev.threadwell.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The chart, as helm installs it. */
record Release(String name, String namespace) {

    private static final String TIMEOUT = "300s";

    void installs() {
        helm("install", TIMEOUT, List.of());
    }

    /** Changes the release and waits until what is new has taken over. */
    void upgrades(String... settings) {
        helm("upgrade", TIMEOUT, flags(settings));
    }

    /** Changes the release to what never gets ready; helm takes it back. */
    Command.Outcome upgradesInVain(String timeout, String... settings) {
        List<String> flags = new ArrayList<>(flags(settings));
        flags.add("--rollback-on-failure");
        return command("upgrade", timeout, flags).run();
    }

    void uninstalls() {
        run("uninstall", name, "--wait", "--timeout", TIMEOUT).ok();
    }

    boolean isInstalled() {
        return run("status", name).succeeded();
    }

    /** What helm says of the release: {@code deployed} or another state. */
    String status() {
        return run("status", name, "--output", "json").json().at("/info/status").asText();
    }

    /** The values that hold, those of the chart included. */
    JsonNode values() {
        return run("get", "values", name, "--all", "--output", "json").json();
    }

    private void helm(String verb, String timeout, List<String> flags) {
        command(verb, timeout, flags).run().ok();
    }

    private static List<String> flags(String... settings) {
        List<String> flags = new ArrayList<>();
        for (String setting : settings) {
            flags.add("--set-string");
            flags.add(setting);
        }
        return flags;
    }

    private Command command(String verb, String timeout, List<String> flags) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                Environment.helm(),
                                verb,
                                name,
                                Environment.CHART.toString(),
                                "--namespace",
                                namespace,
                                "--wait",
                                "--timeout",
                                timeout,
                                "--values",
                                Environment.MODULE.resolve("values.yaml").toString()));
        Environment.values().ifPresent(file -> words.addAll(List.of("--values", file)));
        words.addAll(flags("image.registry=" + Environment.imageRegistry()));
        words.addAll(flags("image.tag=" + Environment.imageTag()));
        words.addAll(flags("postgresql.host=" + serverName("postgres")));
        words.addAll(flags("kafka.bootstrapServers=" + serverName("kafka") + ":9092"));
        words.addAll(flags);
        return new Command(words);
    }

    private String serverName(String server) {
        return "%s.%s-servers.svc.cluster.local".formatted(server, namespace);
    }

    private Command.Outcome run(String... arguments) {
        List<String> words =
                new ArrayList<>(List.of(Environment.helm(), "--namespace", namespace));
        words.addAll(List.of(arguments));
        return new Command(words).run();
    }
}
