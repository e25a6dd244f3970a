package dev.threadwell.toolworker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ToolChannelChecksTest {

    private static final Path DEFAULTS =
            Path.of("src/main/resources/META-INF/microprofile-config.properties");
    private static final String INCOMING = "mp.messaging.incoming.";
    private static final String CONNECTOR = ".connector";

    private final Properties defaults = new Properties();

    @BeforeEach
    void read() throws IOException {
        try (Reader in = Files.newBufferedReader(DEFAULTS)) {
            defaults.load(in);
        }
    }

    private List<String> channels() {
        return defaults.stringPropertyNames().stream()
                .filter(name -> name.startsWith(INCOMING) && name.endsWith(CONNECTOR))
                .map(name -> name.substring(INCOMING.length(), name.length() - CONNECTOR.length()))
                .toList();
    }

    @Test
    void everyChannelIsChecked() {
        assertThat(ToolChannelChecks.CHANNELS).containsExactlyInAnyOrderElementsOf(channels());
    }

    /** By default, a record that waits for a minute ends its channel for good. */
    @Test
    void noRecordThatWaitsLongEndsItsChannel() {
        assertThat(channels())
                .allSatisfy(
                        channel -> {
                            boolean commits =
                                    !"ignore"
                                            .equals(
                                                    defaults.getProperty(
                                                            INCOMING
                                                                    + channel
                                                                    + ".commit-strategy"));
                            String age =
                                    defaults.getProperty(
                                            INCOMING
                                                    + channel
                                                    + ".throttled.unprocessed-record-max-age.ms");
                            assertThat(commits ? age : "0").as(channel).isEqualTo("0");
                        });
    }
}
