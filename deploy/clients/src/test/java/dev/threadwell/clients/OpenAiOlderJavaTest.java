package dev.threadwell.clients;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/** Versions that spell calls otherwise than the one that the tests of this module compile with. */
@AgainstThreadwell
class OpenAiOlderJavaTest {

    @TestFactory
    Stream<DynamicContainer> everyObjectValidated(Target target) {
        return Stream.of("com.openai:openai-java:0.34.1")
                .map(coordinates -> MavenSdk.of("openai-java", coordinates))
                .map(
                        sdk ->
                                Probe.container(
                                        sdk.subject("v2", "probe, strict"), probe(sdk, target)));
    }

    private static Command probe(Sdk sdk, Target target) {
        return sdk.script(Repository.PROBES.resolve("java/OlderOpenAiJava.java")).against(target);
    }
}
