package dev.threadwell.file;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The purpose of a file. */
public enum Purpose {
    FINE_TUNE("fine-tune"),
    ASSISTANTS("assistants"),
    BATCH("batch"),
    USER_DATA("user_data"),
    VISION("vision"),
    EVALS("evals"),
    ASSISTANTS_OUTPUT("assistants_output");

    private final String wire;

    Purpose(String wire) {
        this.wire = wire;
    }

    /** Its name in the API. */
    public String wire() {
        return wire;
    }

    /** Whether clients may upload files with this purpose; the others are created by runs. */
    public boolean isForClients() {
        return this != ASSISTANTS_OUTPUT;
    }

    /** Whether OpenAI refuses to let clients download files with this purpose. */
    public boolean isKeptBack() {
        return this == ASSISTANTS || this == USER_DATA;
    }

    /** The client purpose with this name, or null. */
    public static @Nullable Purpose forClients(String wire) {
        return Arrays.stream(values())
                .filter(purpose -> purpose.isForClients() && purpose.wire.equals(wire))
                .findFirst()
                .orElse(null);
    }

    /** The names of the purposes for clients, in the API's order. */
    public static List<String> namesForClients() {
        return Arrays.stream(values()).filter(Purpose::isForClients).map(Purpose::wire).toList();
    }
}
