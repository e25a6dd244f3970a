package dev.threadwell.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** Versions that spell calls otherwise than the one that the tests of this module compile with. */
@ExtendWith(RunningThreadwell.class)
class OpenAiOlderJavaTest {

    private static final List<String> VERSIONS = List.of("0.34.1");

    private static final String POM =
            """
            <project>
                <modelVersion>4.0.0</modelVersion>
                <groupId>older</groupId>
                <artifactId>older</artifactId>
                <version>1</version>
                <dependencies>
                    <dependency>
                        <groupId>com.openai</groupId>
                        <artifactId>openai-java</artifactId>
                        <version>%s</version>
                    </dependency>
                </dependencies>
            </project>
            """;

    @TestFactory
    Stream<DynamicContainer> everyObjectValidated(Target target) {
        return VERSIONS.stream().map(version -> container(version, target));
    }

    private static DynamicContainer container(String version, Target target) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Command probe =
                Command.of(java, "-cp", jars(version) + "/*")
                        .with(Repository.PROBES.resolve("java/Probe.java"))
                        .against(target);
        return Probe.container(
                new Subject("openai-java (Maven Central)", version, "v2", "probe, strict"), probe);
    }

    private static Path jars(String version) {
        Path home = Repository.cache().resolve("java").resolve("openai-java-" + version);
        Path note = home.resolve("installed");
        if (!Kept.says(note, List.of(version))) {
            try {
                Files.createDirectories(home);
                Files.writeString(home.resolve("pom.xml"), POM.formatted(version));
            } catch (IOException failure) {
                throw new UncheckedIOException("cannot keep jars in " + home, failure);
            }
            Command.of(Repository.ROOT.resolve("mvnw"), "-q", "-B", "dependency:copy-dependencies")
                    .with("-f", home.resolve("pom.xml"))
                    .in(Repository.ROOT)
                    .run("there is no ./mvnw in " + Repository.ROOT)
                    .orLeaveOut("Maven cannot copy openai-java " + version + ".");
            Kept.say(note, List.of(version));
        }
        return home.resolve("target/dependency");
    }
}
