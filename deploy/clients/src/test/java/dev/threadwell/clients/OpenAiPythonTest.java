package dev.threadwell.clients;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningThreadwell.class)
class OpenAiPythonTest {

    @TestFactory
    Stream<DynamicContainer> theNewestSdk(Target target) {
        return looselyAndStrictly(PythonSdk.newest(), target);
    }

    @TestFactory
    Stream<DynamicContainer> theLastSdkOfVersionOne(Target target) {
        return looselyAndStrictly(PythonSdk.version("1.109.1"), target);
    }

    /** As users have it, and with every answer held against the SDK's types. */
    private static Stream<DynamicContainer> looselyAndStrictly(Sdk sdk, Target target) {
        Command probe = sdk.script(Repository.PROBES.resolve("python/probe.py")).against(target);
        return Stream.of(
                Probe.container(sdk.name(), probe),
                Probe.container(sdk.name() + ", strict", probe.with("--strict")));
    }
}
