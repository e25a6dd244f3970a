package dev.threadwell.clients;

import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** The Python SDK's own client for Azure: the spelling with {@code api-version} and api-key. */
@ExtendWith(RunningThreadwell.class)
class OpenAiPythonAzureTest {

    @TestFactory
    DynamicContainer theNewestSdk(Target target) {
        return probe(PythonSdk.newest(), target);
    }

    @TestFactory
    DynamicContainer theLastSdkOfVersionOne(Target target) {
        return probe(PythonSdk.version("1.109.1"), target);
    }

    private static DynamicContainer probe(Sdk sdk, Target target) {
        Command probe = sdk.script(Repository.PROBES.resolve("python/azure.py")).against(target);
        return Probe.container(sdk.name() + ", AzureOpenAI", probe);
    }
}
