package dev.threadwell.cluster;

import dev.threadwell.flow.Client;
import dev.threadwell.flow.Eventually;
import dev.threadwell.flow.Http;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The product, installed by its chart beside a PostgreSQL and a Kafka. */
final class Installation implements AutoCloseable {

    private static final String NAME = "tw";
    private static final String KEY = "sk-cluster-0123456789abcdef";

    private final Servers servers;
    private final Kubectl kubectl;
    private final Release release;
    private final String base;

    private Installation(Servers servers, Kubectl kubectl, Release release, String base) {
        this.servers = servers;
        this.kubectl = kubectl;
        this.release = release;
        this.base = base;
    }

    static Installation make() {
        String namespace = Environment.namespace();
        var servers = Servers.of(namespace, KEY);
        var kubectl = new Kubectl(Environment.kubectl(), namespace);
        var release = new Release(NAME, namespace);
        if (!Environment.keepsInstallation() || !release.isInstalled()) {
            servers.end(); // what a former run of the suite has left
            servers.start();
            Figures.begin();
            long began = System.nanoTime();
            release.installs();
            Figures.add("install", since(began), "");
        }
        String base = Environment.url().orElseGet(() -> service(kubectl));
        awaitAnswer(base);
        return new Installation(servers, kubectl, release, base);
    }

    /** Settings that change the pods of every kind, and nothing that they do. */
    static String[] newPods() {
        return Stream.of(Kind.values())
                .map(kind -> kind.valuesKey() + ".podAnnotations.replaced-at=" + Instant.now())
                .toArray(String[]::new);
    }

    /** Settings that name an image which no registry has. */
    static String[] noSuchImage() {
        return Stream.of(Kind.values())
                .map(kind -> kind.valuesKey() + ".image=localhost/threadwell/no-such-image:1")
                .toArray(String[]::new);
    }

    static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    private static String service(Kubectl kubectl) {
        var service = kubectl.list("services", selector(Kind.API_SERVICE)).getFirst();
        return "http://%s:%d"
                .formatted(
                        service.at("/spec/clusterIP").asText(),
                        service.at("/spec/ports/0/port").asInt());
    }

    /** Fails with words to whom nothing can answer from here. */
    private static void awaitAnswer(String base) {
        try (var client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build()) {
            client.send(
                    HttpRequest.newBuilder(URI.create(base + "/v1/models"))
                            .timeout(Duration.ofSeconds(20))
                            .build(),
                    BodyHandlers.discarding());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    base
                            + " cannot be reached from here: start the suite on a node or in its network, or set"
                            + " THREADWELL_CLUSTER_URL (and THREADWELL_CLUSTER_VALUES, to have an Ingress or a NodePort made)",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    Kubectl kubectl() {
        return kubectl;
    }

    Release release() {
        return release;
    }

    Http http() {
        return new Http(base, KEY);
    }

    Client client() {
        return new Client(http());
    }

    /** Everything that the chart makes carries this. */
    static String selector() {
        return "app.kubernetes.io/instance=" + NAME;
    }

    static String selector(Kind kind) {
        return selector() + ",app.kubernetes.io/component=" + kind.component();
    }

    /** Whether the chart is installed with a way to execute code. */
    boolean executesCode() {
        String mode = release.values().at("/codeInterpreter/mode").asText();
        return mode.equals("restricted") || mode.equals("agentSandbox");
    }

    List<Pod> pods(Kind kind) {
        return kubectl.pods(selector(kind));
    }

    String deployment(Kind kind) {
        return kubectl.list("deployments", selector(kind))
                .getFirst()
                .at("/metadata/name")
                .asText();
    }

    void scales(Kind kind, int replicas) {
        kubectl.scales(deployment(kind), replicas);
        kubectl.awaitsPods(deployment(kind), selector(kind), replicas);
    }

    /** Waits until every kind has all of its pods. */
    void heals() {
        for (Kind kind : Kind.values()) {
            kubectl.awaitsRollout(deployment(kind));
        }
    }

    /** A pod that is gone has another one in its place. */
    void replaces(Kind kind, Pod gone) {
        Eventually.isTrue(
                gone.name() + " is gone",
                () -> pods(kind).stream().noneMatch(pod -> pod.name().equals(gone.name())));
        heals();
    }

    @Override
    public void close() {
        if (Environment.keepsInstallation()) {
            return;
        }
        if (release.isInstalled()) {
            release.uninstalls();
        }
        servers.end();
    }
}
