package dev.threadwell.clients;

import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningThreadwell.class)
class OpenAiNodeTest {

    @TestFactory
    DynamicContainer theNewestSdkThatThisNodeRuns(Target target) {
        return probe(NodeSdk.newest(), target);
    }

    @TestFactory
    DynamicContainer theLastSdkOfVersionFour(Target target) {
        return probe(NodeSdk.version("4.104.0"), target);
    }

    private static DynamicContainer probe(Sdk sdk, Target target) {
        Command probe = sdk.script(Repository.PROBES.resolve("node/probe.mjs")).against(target);
        return Probe.container(sdk.name(), probe);
    }
}
