package dev.threadwell.clients;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/** The tests that the makers of the Python SDK generated, which its source distribution holds. */
@AgainstThreadwell
class OpenAiPythonGeneratedTest {

    /** Of version 1 before 1.21 no source distribution holds tests. */
    private static final List<String> VERSIONS = List.of("1.109.1", "3.22.1", "3.57.0");

    @TestFactory
    Stream<DynamicContainer> everyTestOfWhatIsOurs(Target target) {
        return VERSIONS.stream().map(version -> container(version, target));
    }

    private static DynamicContainer container(String version, Target target) {
        // In an environment of its own: what the tests import is nothing that users have.
        PythonSdk sdk = PythonSdk.withTests(version);
        Command suite =
                sdk.script(Repository.MODULE.resolve("generated/suite.py"))
                        .with(sdk.source())
                        .against(target);
        return Probe.container(sdk.subject("v2", "generated tests"), suite);
    }
}
