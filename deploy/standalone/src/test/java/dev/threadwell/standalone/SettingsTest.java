package dev.threadwell.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.threadwell.embedded.CannotStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    @TempDir Path home;

    @Test
    void aKeyThatIsMadeIsKeptPrivately() throws IOException {
        String made = settings(Map.of()).apiKey();

        assertThat(made).matches("sk-tw-[0-9A-Za-z]{49}");
        assertThat(settings(Map.of()).apiKey()).isEqualTo(made);
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(home.resolve("api-key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aKeyThatIsGivenWins() {
        assertThat(settings(Map.of("THREADWELL_API_KEY", "sk-mine")).apiKey()).isEqualTo("sk-mine");
    }

    @Test
    void theAdminKeyIsAnotherAndIsKeptPrivatelyToo() throws IOException {
        String made = settings(Map.of()).adminKey();

        assertThat(made).matches("sk-tw-admin-[0-9A-Za-z]{49}");
        assertThat(settings(Map.of()).adminKey()).isEqualTo(made);
        assertThat(settings(Map.of("THREADWELL_ADMIN_KEY", "sk-mine")).adminKey())
                .isEqualTo("sk-mine");
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(home.resolve("admin-key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void withoutAProviderTheSimulatorIsNamed() {
        assertThat(settings(Map.of()).model()).isEqualTo("simulator");
        assertThat(settings(Map.of("MODEL_BASE_URL", "http://models/v1")).model())
                .isEqualTo("http://models/v1");
    }

    @Test
    void aPortThatIsNoneIsRefused() {
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> settings(Map.of("THREADWELL_PORT", "70000")))
                .withMessage("THREADWELL_PORT is '70000', which is no port.");
    }

    @Test
    void aDataDirectoryThatIsAFileIsRefused() throws IOException {
        Path file = Files.createFile(home.resolve("file"));

        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> settings(Map.of("THREADWELL_HOME", file.toString())))
                .withMessageStartingWith("The data directory %s can not be used".formatted(file));
    }

    @Test
    void servicesAreToldByTheNamesOfTheEnvironment() {
        var told =
                ServiceSettings.of(
                        settings(
                                Map.of(
                                        "MODEL_BASE_URL",
                                        "http://models/v1",
                                        "MODEL_API_KEY",
                                        "k",
                                        "IMAGE_BASE_URL",
                                        "http://images/v1",
                                        "IMAGE_MODEL",
                                        "")),
                        5432,
                        "secret",
                        Map.of(
                                "kafka.bootstrap.servers",
                                "127.0.0.1:9092",
                                "kafka.sasl.jaas.config",
                                "login"),
                        Optional.empty());

        assertThat(told.asEnvironment())
                .containsEntry(
                        "QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://127.0.0.1:5432/threadwell")
                .containsEntry("QUARKUS_DATASOURCE_PASSWORD", "secret")
                .containsEntry("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9092")
                .containsEntry("KAFKA_SASL_JAAS_CONFIG", "login")
                .containsEntry("THREADWELL_MODEL_BASE_URL", "http://models/v1")
                .containsEntry("THREADWELL_MODEL_API_KEY", "k")
                .containsEntry("THREADWELL_IMAGE_GENERATION_BASE_URL", "http://images/v1")
                .doesNotContainKey("THREADWELL_IMAGE_GENERATION_MODEL")
                .containsKey("THREADWELL_API_KEY");
    }

    @Test
    void toolsHaveProvidersOfTheirOwn() {
        assertThat(
                        told(
                                Map.of(
                                        "VISION_BASE_URL", "http://seeing/v1",
                                        "VISION_API_KEY", "v",
                                        "VISION_MODEL", "eyes"),
                                Optional.empty()))
                .containsEntry("threadwell.vision.base-url", "http://seeing/v1")
                .containsEntry("threadwell.vision.api-key", "v")
                .containsEntry("threadwell.vision.model", "eyes");
    }

    @Test
    void withoutAnyProviderTheSimulatorReadsPictures() {
        assertThat(told(Map.of(), Optional.of(9_000)))
                .containsEntry("threadwell.vision.model", "threadwell-simulator")
                .doesNotContainKey("threadwell.vision.base-url");
    }

    private Map<String, String> told(
            Map<String, String> environment, Optional<Integer> simulatorPort) {
        return ServiceSettings.of(settings(environment), 5432, "secret", Map.of(), simulatorPort)
                .properties();
    }

    @Test
    void theSimulatorIsTheSearchEngineWhenThereIsNoProvider() {
        assertThat(told(Map.of(), Optional.of(4711)))
                .containsEntry("threadwell.web-search.engine", "searxng")
                .containsEntry("threadwell.web-search.base-url", "http://127.0.0.1:4711");
    }

    @Test
    void theKeyOfASearchEngineGoesToItAlsoBesideTheSimulator() {
        Map<String, String> tavily = Map.of("SEARCH_ENGINE", "tavily", "SEARCH_API_KEY", "tvly-1");

        assertThat(told(tavily, Optional.of(4711)))
                .containsEntry("threadwell.web-search.engine", "tavily")
                .doesNotContainKey("threadwell.web-search.base-url");
    }

    @Test
    void theSearchEngineThatIsNamedIsAsked() {
        Map<String, String> tavily = Map.of("SEARCH_ENGINE", "tavily", "SEARCH_API_KEY", "tvly-1");

        assertThat(told(tavily, Optional.empty()))
                .containsEntry("threadwell.web-search.engine", "tavily")
                .containsEntry("threadwell.web-search.api-key", "tvly-1");
    }

    @Test
    void aProviderWithoutASearchEngineSearchesNothing() {
        assertThat(told(Map.of("MODEL_BASE_URL", "http://models/v1"), Optional.empty()))
                .doesNotContainKey("threadwell.web-search.engine");
    }

    @Test
    void aSearchEngineThatNobodyKnowsIsRefused() {
        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> settings(Map.of("SEARCH_ENGINE", "atlas")))
                .withMessage("SEARCH_ENGINE is 'atlas'. It may be searxng or tavily.");
    }

    private Settings settings(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(Map.of("THREADWELL_HOME", home.toString()));
        all.putAll(environment);
        return Settings.from(all);
    }
}
