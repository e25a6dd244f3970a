package dev.threadwell.toolworker.codeinterpreter;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Claims pods for single sessions from agent-sandbox: a {@code SandboxClaim} takes a pod from a
 * {@code SandboxWarmPool}, and the pod is deleted together with its claim.
 */
final class PodClaims {

    private static final Logger LOG = Logger.getLogger(PodClaims.class);

    private static final ResourceDefinitionContext CLAIMS =
            new ResourceDefinitionContext.Builder()
                    .withGroup("extensions.agents.x-k8s.io")
                    .withVersion("v1beta1")
                    .withKind("SandboxClaim")
                    .withPlural("sandboxclaims")
                    .withNamespaced(true)
                    .build();

    /** A pod whose worker died ends by itself; its claim is deleted this long after. */
    private static final int SECONDS_AFTER_ITS_END = 60;

    private final KubernetesClient kubernetes;
    private final PodConfig config;
    private final String namespace;

    PodClaims(KubernetesClient kubernetes, PodConfig config) {
        this.kubernetes = kubernetes;
        this.config = config;
        this.namespace = config.namespace().orElseGet(kubernetes::getNamespace);
    }

    /** A ready pod that only this claim uses. */
    record Pod(String claim, String address) {}

    /** Claims a pod and waits until it is ready. */
    Pod claim() throws IOException {
        String name = "threadwell-code-" + UUID.randomUUID();
        try {
            kubernetes
                    .genericKubernetesResources(CLAIMS)
                    .inNamespace(namespace)
                    .resource(claim(name))
                    .create();
            GenericKubernetesResource ready =
                    claimed(name)
                            .waitUntilCondition(
                                    claim -> address(claim) != null,
                                    config.startWithin().toMillis(),
                                    TimeUnit.MILLISECONDS);
            return new Pod(name, String.valueOf(address(ready)));
        } catch (KubernetesClientTimeoutException e) {
            release(name);
            throw new IOException("no pod of " + config.warmPool() + " became ready in time", e);
        } catch (KubernetesClientException e) {
            release(name);
            throw new IOException("no pod can be claimed: status " + e.getCode(), e);
        }
    }

    private GenericKubernetesResource claim(String name) {
        Instant end = Instant.now().plus(config.life()).truncatedTo(ChronoUnit.SECONDS);
        return new GenericKubernetesResourceBuilder()
                .withApiVersion(CLAIMS.getGroup() + "/" + CLAIMS.getVersion())
                .withKind(CLAIMS.getKind())
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .addToLabels("app.kubernetes.io/managed-by", "threadwell")
                .endMetadata()
                .addToAdditionalProperties(
                        "spec",
                        Map.of(
                                "warmPoolRef",
                                Map.of("name", config.warmPool()),
                                "lifecycle",
                                Map.of(
                                        "shutdownTime",
                                        end.toString(),
                                        "shutdownPolicy",
                                        "Delete",
                                        "ttlSecondsAfterFinished",
                                        SECONDS_AFTER_ITS_END)))
                .build();
    }

    /** The address of the claimed pod, or null until it is ready. */
    private static @Nullable String address(@Nullable GenericKubernetesResource claim) {
        if (claim == null || !isReady(claim)) {
            return null;
        }
        List<String> addresses = claim.get("status", "sandbox", "podIPs");
        return addresses == null || addresses.isEmpty() ? null : addresses.getFirst();
    }

    private static boolean isReady(GenericKubernetesResource claim) {
        List<Map<String, Object>> conditions = claim.get("status", "conditions");
        return conditions != null
                && conditions.stream()
                        .anyMatch(
                                c ->
                                        "Ready".equals(c.get("type"))
                                                && "True".equals(c.get("status")));
    }

    /** Deletes the claim, which ends the pod with everything in it. */
    void release(String name) {
        try {
            claimed(name).delete();
        } catch (KubernetesClientException e) {
            // The pod still ends: its program ends with the connection, and its lifetime is
            // limited.
            LOG.warnf("a claim cannot be deleted claim=%s status=%d", name, e.getCode());
        }
    }

    private Resource<GenericKubernetesResource> claimed(String name) {
        return kubernetes.genericKubernetesResources(CLAIMS).inNamespace(namespace).withName(name);
    }
}
