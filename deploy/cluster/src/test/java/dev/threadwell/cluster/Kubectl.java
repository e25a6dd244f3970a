package dev.threadwell.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.flow.Eventually;
import dev.threadwell.flow.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a test asks of the cluster, in one namespace. */
record Kubectl(String program, String namespace) {

    Command.Outcome run(String... arguments) {
        return command(arguments).run();
    }

    private Command command(String... arguments) {
        List<String> words = new ArrayList<>(List.of(program, "--namespace", namespace));
        words.addAll(List.of(arguments));
        return new Command(words);
    }

    /** Creates or changes what the manifests say, in the namespaces that they name. */
    void applies(String manifests) {
        new Command(List.of(program, "apply", "-f", "-")).with(manifests).run().ok();
    }

    List<JsonNode> list(String kinds, String selector) {
        return Json.elements(
                run("get", kinds, "--selector", selector, "--output", "json").json().path("items"));
    }

    /** The pods that are meant to stay. */
    List<Pod> pods(String selector) {
        return list("pods", selector).stream()
                .filter(Kubectl::isThere)
                .map(Pod::new)
                .filter(pod -> !pod.isEnding())
                .toList();
    }

    void scales(String deployment, int replicas) {
        run("scale", "deployment", deployment, "--replicas", String.valueOf(replicas)).ok();
    }

    /** Waits until all pods of the deployment are of its last version, and available. */
    void awaitsRollout(String deployment) {
        run("rollout", "status", "deployment", deployment, "--timeout", "300s").ok();
    }

    /** Waits until the deployment has so many pods, and no other. */
    void awaitsPods(String deployment, String selector, int count) {
        awaitsRollout(deployment);
        Eventually.isTrue(
                "%s has %d pods".formatted(deployment, count),
                () -> list("pods", selector).stream().filter(Kubectl::isThere).count() == count);
    }

    // A pod that was evicted or has ended may be shown for a while.
    private static boolean isThere(JsonNode pod) {
        String phase = pod.at("/status/phase").asText();
        return !phase.equals("Failed") && !phase.equals("Succeeded");
    }

    /**
     * Asks for the eviction of a pod, as a drain does. False: its disruption budget does not allow
     * it now.
     */
    boolean evicts(Pod pod) {
        var eviction =
                Map.of(
                        "apiVersion",
                        "policy/v1",
                        "kind",
                        "Eviction",
                        "metadata",
                        Map.of("name", pod.name(), "namespace", namespace));
        String path = "/api/v1/namespaces/%s/pods/%s/eviction".formatted(namespace, pod.name());
        var outcome = command("create", "--raw", path, "-f", "-").with(Json.write(eviction)).run();
        if (!outcome.succeeded() && isRefusal(outcome)) {
            return false;
        }
        outcome.ok();
        return true;
    }

    private static boolean isRefusal(Command.Outcome outcome) {
        return outcome.errors().contains("disruption budget");
    }

    void deletesByForce(Pod pod) {
        run("delete", "pod", pod.name(), "--force", "--grace-period=0", "--wait=false").ok();
    }

    boolean has(Pod pod) {
        return run("get", "pod", pod.name(), "--output", "name").succeeded();
    }
}
