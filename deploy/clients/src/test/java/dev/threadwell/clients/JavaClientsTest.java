package dev.threadwell.clients;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/**
 * Java clients of other makers, each with a parser of streams of its own that takes no line more
 * than the original sends.
 */
@AgainstThreadwell
class JavaClientsTest {

    @TestFactory
    Stream<DynamicContainer> asUsersHaveThem(Target target) throws IOException {
        var simple = new Published("simple-openai", "io.github.sashirestela:simple-openai:3.22.2");
        var jvm = new Published("jvm-openai", "io.github.stefanbratanov:jvm-openai:0.11.0");
        var lambdua = new Published("openai-java of lambdua", "io.github.lambdua:service:0.22.92");
        var azure =
                new Published(
                        "azure-ai-openai-assistants",
                        "com.azure:azure-ai-openai-assistants:1.0.0-beta.5");
        try (var front = TlsFront.before(target)) {
            return Planned.sideBySide(
                    List.of(
                            simple.runs("SimpleOpenAi", target),
                            jvm.runs("JvmOpenAi", target),
                            lambdua.runs("Lambdua", target),
                            azure.runs("AzureAssistants", target, front)));
        }
    }

    /** A library as Maven Central has it, and what the page of conformance calls it. */
    private record Published(String name, String coordinates) {

        Planned runs(String probe, Target target) {
            return new Planned(subject(), () -> sdk().script(source(probe)).against(target));
        }

        /** This one refuses to send a key over plain HTTP. */
        Planned runs(String probe, Target target, TlsFront front) {
            return new Planned(
                    subject(),
                    () ->
                            sdk().script(source(probe), front.trusted())
                                    .against(target)
                                    .set("AZURE_OPENAI_ENDPOINT", front.endpoint()));
        }

        private Subject subject() {
            String version = coordinates.substring(coordinates.lastIndexOf(':') + 1);
            return new Subject(name + " (Maven Central)", version, "v2", "probe");
        }

        private MavenSdk sdk() {
            return MavenSdk.of(name, coordinates);
        }

        private static Path source(String probe) {
            return Repository.PROBES.resolve("java").resolve(probe + ".java");
        }
    }
}
