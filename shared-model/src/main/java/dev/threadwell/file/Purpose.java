package dev.threadwell.file;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a file is for. */
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

    /** Whether a client may give a file this purpose; the others are made by runs. */
    public boolean isForClients() {
        return this != ASSISTANTS_OUTPUT;
    }

    /** Whether the original refuses to hand the file out again. */
    public boolean isKeptBack() {
        return this == ASSISTANTS || this == USER_DATA;
    }

    /** The purpose with this name that a client may give, or null. */
    public static @Nullable Purpose forClients(String wire) {
        return Arrays.stream(values())
                .filter(purpose -> purpose.isForClients() && purpose.wire.equals(wire))
                .findFirst()
                .orElse(null);
    }

    /** The names of what a client may choose from, in the API's order. */
    public static List<String> namesForClients() {
        return Arrays.stream(values()).filter(Purpose::isForClients).map(Purpose::wire).toList();
    }
}
