package dev.threadwell.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A client library of Maven Central with everything that it needs, each version in a directory of
 * its own. It runs in a JVM of its own, so that its dependencies meet nobody else's.
 */
record MavenSdk(String name, String version, Path jars) implements Sdk {

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private static final String POM =
            """
            <project>
                <modelVersion>4.0.0</modelVersion>
                <groupId>client</groupId>
                <artifactId>client</artifactId>
                <version>1</version>
                <dependencies>
                    <dependency>
                        <groupId>%s</groupId>
                        <artifactId>%s</artifactId>
                        <version>%s</version>
                    </dependency>
                </dependencies>
            </project>
            """;

    /**
     * @param name what the page of conformance calls it
     * @param coordinates group, artifact and version, with colons between them
     */
    static MavenSdk of(String name, String coordinates) {
        List<String> parts = List.of(coordinates.split(":"));
        String version = parts.getLast();
        Path home = Repository.cache().resolve("java").resolve(parts.get(1) + "-" + version);
        Path note = home.resolve("installed");
        if (!Kept.says(note, List.of(coordinates))) {
            copy(home, POM.formatted(parts.toArray()), coordinates);
            Kept.say(note, List.of(coordinates));
        }
        return new MavenSdk(name, version, home.resolve("target/dependency"));
    }

    private static void copy(Path home, String pom, String coordinates) {
        try {
            Files.createDirectories(home);
            Files.writeString(home.resolve("pom.xml"), pom);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot keep jars in " + home, failure);
        }
        Command.of(Repository.ROOT.resolve("mvnw"), "-q", "-B", "dependency:copy-dependencies")
                .with("-f", home.resolve("pom.xml"))
                .in(Repository.ROOT)
                .run("there is no ./mvnw in " + Repository.ROOT)
                .orLeaveOut("Maven cannot copy " + coordinates + ".");
    }

    @Override
    public Subject subject(String wire, String what) {
        return new Subject(name + " (Maven Central)", version, wire, what);
    }

    @Override
    public Command script(Path script) {
        return script(script, new String[0]);
    }

    /**
     * Compiles the script, and what it uses beside it, and runs it.
     *
     * @param options of its JVM
     */
    Command script(Path script, String... options) {
        return Command.of(JAVA, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                .with((Object[]) options)
                .with("-cp", jars + "/*", script);
    }
}
