package dev.threadwell.clients;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/** The Python SDK's own client for Azure: the spelling with {@code api-version} and api-key. */
@AgainstThreadwell
class OpenAiPythonAzureTest {

    private static final List<String> VERSIONS = List.of("1.109.1", "3.22.1", "3.57.0");

    @TestFactory
    Stream<DynamicContainer> asUsersHaveIt(Target target) {
        return VERSIONS.stream()
                .map(PythonSdk::version)
                .map(sdk -> Probe.container(sdk.subject("v2", "AzureOpenAI"), probe(sdk, target)));
    }

    private static Command probe(Sdk sdk, Target target) {
        return sdk.script(Repository.PROBES.resolve("python/azure.py")).against(target);
    }
}
