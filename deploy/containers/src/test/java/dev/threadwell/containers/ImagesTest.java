package dev.threadwell.containers;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.command.InspectImageResponse;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.DockerClientFactory;

/**
 * What is true of each of our images before it is started. That all of them work on a read-only
 * root, the other tests show.
 */
@Tag("server")
@Order(1)
class ImagesTest {

    private static InspectImageResponse image(String service) {
        return DockerClientFactory.lazyClient().inspectImageCmd(Environment.image(service)).exec();
    }

    @ParameterizedTest
    @ValueSource(strings = {"api-service", "run-worker", "tool-worker", "simulator"})
    void nothingRunsAsRoot(String service) {
        assertThat(image(service).getConfig().getUser()).isEqualTo("10001:10001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"api-service", "run-worker", "tool-worker", "simulator"})
    void theLabelsSayWhatItIs(String service) {
        Map<String, String> labels = image(service).getConfig().getLabels();

        assertThat(labels)
                .containsKeys(
                        "org.opencontainers.image.title",
                        "org.opencontainers.image.version",
                        "org.opencontainers.image.revision",
                        "org.opencontainers.image.source",
                        "org.opencontainers.image.licenses");
    }

    @ParameterizedTest
    @ValueSource(strings = {"api-service", "run-worker", "tool-worker", "simulator"})
    void itsEntryPointNeedsNoShell(String service) {
        String[] entryPoint = image(service).getConfig().getEntrypoint();

        assertThat(entryPoint).isNotNull();
        assertThat(entryPoint[0]).isIn("/opt/java/bin/java", "/usr/bin/tini");
    }
}
