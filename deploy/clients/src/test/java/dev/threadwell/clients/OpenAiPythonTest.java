package dev.threadwell.clients;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

@AgainstThreadwell
class OpenAiPythonTest {

    /** Vector stores left the SDK's {@code beta} after 1.65. */
    private static final List<String> VERSIONS =
            List.of("1.65.5", "1.109.1", "2.54.0", "3.22.1", "3.57.0");

    @TestFactory
    Stream<DynamicContainer> asUsersHaveIt(Target target) {
        return VERSIONS.stream()
                .map(PythonSdk::version)
                .map(sdk -> Probe.container(sdk.subject("v2", "probe"), probe(sdk, target)));
    }

    /** With every answer held against the SDK's types. */
    @TestFactory
    Stream<DynamicContainer> strictly(Target target) {
        return VERSIONS.stream()
                .map(PythonSdk::version)
                .map(
                        sdk ->
                                Probe.container(
                                        sdk.subject("v2", "probe, strict"),
                                        probe(sdk, target).with("--strict")));
    }

    private static Command probe(Sdk sdk, Target target) {
        return sdk.script(Repository.PROBES.resolve("python/probe.py")).against(target);
    }
}
