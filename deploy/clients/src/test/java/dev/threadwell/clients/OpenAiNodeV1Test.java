package dev.threadwell.clients;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/** The SDKs that speak v1: one of the first, without streams, and the last. */
@AgainstThreadwell
class OpenAiNodeV1Test {

    private static final List<String> VERSIONS = List.of("4.20.1", "4.36.0");

    @TestFactory
    Stream<DynamicContainer> asUsersHaveIt(Target target) {
        return VERSIONS.stream()
                .map(NodeSdk::version)
                .map(sdk -> Probe.container(sdk.subject("v1", "probe"), probe(sdk, target)));
    }

    private static Command probe(Sdk sdk, Target target) {
        return sdk.script(Repository.PROBES.resolve("node/probe_v1.mjs")).against(target);
    }
}
