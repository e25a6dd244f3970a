package dev.threadwell.clients;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/** The SDKs that speak v1: one of the first, without streams, and the last. */
@AgainstThreadwell
class OpenAiPythonV1Test {

    private static final List<String> VERSIONS = List.of("1.3.0", "1.20.0");

    /** Those of that time call it with a parameter that its later versions do not have. */
    private static final String HTTPX = "httpx==0.27.2";

    @TestFactory
    Stream<DynamicContainer> asUsersHaveIt(Target target) {
        return VERSIONS.stream()
                .map(version -> PythonSdk.version(version, HTTPX))
                .map(sdk -> Probe.container(sdk.subject("v1", "probe"), probe(sdk, target)));
    }

    /** The last one's types already want what only v2 has. */
    @TestFactory
    DynamicContainer strictly(Target target) {
        PythonSdk sdk = PythonSdk.version("1.3.0", HTTPX);
        return Probe.container(
                sdk.subject("v1", "probe, strict"), probe(sdk, target).with("--strict"));
    }

    private static Command probe(Sdk sdk, Target target) {
        return sdk.script(Repository.PROBES.resolve("python/probe_v1.py")).against(target);
    }
}
