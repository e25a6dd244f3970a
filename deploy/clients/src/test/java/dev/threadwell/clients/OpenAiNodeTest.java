package dev.threadwell.clients;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

@AgainstThreadwell
class OpenAiNodeTest {

    @TestFactory
    Stream<DynamicContainer> asUsersHaveIt(Target target) {
        return Stream.of(
                        NodeSdk.version("4.38.5"),
                        NodeSdk.version("4.104.0"),
                        NodeSdk.version("6.49.0"),
                        NodeSdk.version("7.55.0", "node@22"),
                        NodeSdk.version("7.59.0", "node@22"))
                .map(sdk -> Probe.container(sdk.subject("v2", "probe"), probe(sdk, target)));
    }

    private static Command probe(Sdk sdk, Target target) {
        return sdk.script(Repository.PROBES.resolve("node/probe.mjs")).against(target);
    }
}
