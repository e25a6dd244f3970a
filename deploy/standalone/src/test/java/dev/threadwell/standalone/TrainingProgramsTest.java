package dev.threadwell.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadwell.standalone.Programs.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingProgramsTest {

    @TempDir Path directory;

    private TrainingPrograms programs() {
        return new TrainingPrograms(directory, directory.resolve("caches"), List.of("-Dfoo=bar"));
    }

    @Test
    void aServiceOfAnImageIsFoundWhereTheImageHasIt() throws IOException {
        Path jar = directory.resolve("run-worker/quarkus-run.jar");
        Files.createDirectories(jar.getParent());
        Files.createFile(jar);

        List<String> command = programs().service(Service.RUN_WORKER);

        assertThat(command).endsWith("-jar", jar.toString());
    }

    @Test
    void aServiceOfARepositoryIsFoundWhereMavenPackagesIt() {
        List<String> command = programs().service(Service.API);

        assertThat(command)
                .endsWith(
                        "-jar",
                        directory
                                .resolve("api-service/target/quarkus-app/quarkus-run.jar")
                                .toString());
    }

    @Test
    void aServiceWritesItsCacheWithTheOptionsThatItWillHave() {
        List<String> command = programs().service(Service.TOOL_WORKER);

        assertThat(command)
                .contains(
                        "-Dfoo=bar",
                        "-XX:AOTCacheOutput="
                                + directory.resolve("caches/tool-worker/tool-worker.aot"));
    }
}
