package dev.threadwell.test;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** The incoming channels of a service, as the settings say that the service comes with. */
public final class ChannelDefaults {

    private static final Path FILE =
            Path.of("src/main/resources/META-INF/microprofile-config.properties");
    private static final String INCOMING = "mp.messaging.incoming.";
    private static final String CONNECTOR = ".connector";

    private final Properties settings;

    private ChannelDefaults(Properties settings) {
        this.settings = settings;
    }

    /** Reads those of the module whose tests are running. */
    public static ChannelDefaults read() {
        Properties settings = new Properties();
        try (Reader in = Files.newBufferedReader(FILE)) {
            settings.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ChannelDefaults(settings);
    }

    /** The names of all incoming channels. */
    public List<String> channels() {
        return settings.stringPropertyNames().stream()
                .filter(name -> name.startsWith(INCOMING) && name.endsWith(CONNECTOR))
                .map(name -> name.substring(INCOMING.length(), name.length() - CONNECTOR.length()))
                .toList();
    }

    /** The channels that commit offsets and give up when a record waits too long. */
    public List<String> endedByWaitingRecords() {
        return channels().stream().filter(this::endsByWaiting).toList();
    }

    private boolean endsByWaiting(String channel) {
        boolean commits = !"ignore".equals(of(channel, "commit-strategy"));
        return commits && !"0".equals(of(channel, "throttled.unprocessed-record-max-age.ms"));
    }

    private String of(String channel, String setting) {
        return settings.getProperty(INCOMING + channel + "." + setting, "");
    }
}
