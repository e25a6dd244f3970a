package dev.threadwell.toolworker.codeinterpreter;

import dev.threadwell.toolworker.sandbox.Sandbox;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** Produces the code sandbox that the configuration selects. */
final class ConfiguredCodeSandbox {

    private ConfiguredCodeSandbox() {}

    @Produces
    @ApplicationScoped
    static CodeSandbox sandbox(CodeConfig config, PodConfig pods, Sandbox local) {
        return switch (config.sandbox()) {
            case BUBBLEWRAP -> new BubblewrapSandbox(local, config, Driver.own());
            case KUBERNETES ->
                    new KubernetesSandbox(
                            new PodClaims(new KubernetesClientBuilder().build(), pods),
                            pods,
                            CodeLimits.of(config),
                            Driver.own());
        };
    }
}
