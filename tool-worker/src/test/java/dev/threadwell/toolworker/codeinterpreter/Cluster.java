package dev.threadwell.toolworker.codeinterpreter;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An API server in memory, and what agent-sandbox does on one: a claim is given a pod, which is
 * ready a little later, and goes with its claim.
 */
final class Cluster implements AutoCloseable {

    static final String NAMESPACE = "threadwell";

    private static final int PATIENCE_MILLIS = 60_000;

    static final ResourceDefinitionContext CLAIMS =
            new ResourceDefinitionContext.Builder()
                    .withGroup("extensions.agents.x-k8s.io")
                    .withVersion("v1beta1")
                    .withKind("SandboxClaim")
                    .withPlural("sandboxclaims")
                    .withNamespaced(true)
                    .build();

    private final KubernetesMockServer server;
    private final KubernetesClient controller;
    private final Map<String, PodForTests> pods = new ConcurrentHashMap<>();
    private final boolean hasPods;
    private final Watch watch;

    /**
     * @param hasPods whether claims are answered
     */
    Cluster(boolean hasPods) {
        this.hasPods = hasPods;
        server =
                new KubernetesMockServer(
                        new Context(),
                        new MockWebServer(),
                        new HashMap<>(),
                        new KubernetesCrudDispatcher(),
                        false);
        server.init();
        controller = client();
        watch =
                controller
                        .genericKubernetesResources(CLAIMS)
                        .inNamespace(NAMESPACE)
                        .watch(
                                new Watcher<>() {
                                    @Override
                                    public void eventReceived(
                                            Action action, GenericKubernetesResource claim) {
                                        handle(action, claim);
                                    }

                                    @Override
                                    public void onClose(WatcherException cause) {}
                                });
    }

    private void handle(Watcher.Action action, GenericKubernetesResource claim) {
        String name = claim.getMetadata().getName();
        if (action == Watcher.Action.ADDED && hasPods) {
            PodForTests pod = PodForTests.listening();
            pods.put(name, pod);
            claim.setAdditionalProperty(
                    "status",
                    Map.of(
                            "conditions", List.of(Map.of("type", "Ready", "status", "True")),
                            "sandbox", Map.of("name", name, "podIPs", List.of(pod.address()))));
            controller
                    .genericKubernetesResources(CLAIMS)
                    .inNamespace(NAMESPACE)
                    .resource(claim)
                    .update();
        } else if (action == Watcher.Action.DELETED) {
            PodForTests pod = pods.remove(name);
            if (pod != null) {
                pod.close();
            }
        }
    }

    /** One that waits as long as a busy machine takes. */
    KubernetesClient client() {
        return server.createClient(
                builder ->
                        builder.editOrNewConfig()
                                .withConnectionTimeout(PATIENCE_MILLIS)
                                .withRequestTimeout(PATIENCE_MILLIS)
                                .endConfig());
    }

    List<GenericKubernetesResource> claims() {
        return controller
                .genericKubernetesResources(CLAIMS)
                .inNamespace(NAMESPACE)
                .list()
                .getItems();
    }

    @Override
    public void close() {
        watch.close();
        pods.values().forEach(PodForTests::close);
        controller.close();
        server.destroy();
    }
}
