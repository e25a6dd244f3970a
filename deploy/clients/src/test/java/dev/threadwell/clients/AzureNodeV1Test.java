package dev.threadwell.clients;

import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/** Azure's own client for Node, which speaks v1 in Azure's spelling. */
@AgainstThreadwell
class AzureNodeV1Test {

    @TestFactory
    DynamicContainer asUsersHaveIt(Target target) {
        NodeSdk sdk = NodeSdk.azure("1.0.0-beta.6");
        Command probe = sdk.script(Repository.PROBES.resolve("node/azure_v1.mjs")).against(target);
        return Probe.container(sdk.subject("v1", "probe"), probe);
    }
}
