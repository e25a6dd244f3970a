package dev.threadwell.toolworker.codeinterpreter;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The program that executes code in a sandbox.
 *
 * @param source in Python
 */
record Driver(String source) {

    /** What it loads before the first code comes. */
    static final List<String> MODULES = List.of("numpy", "pandas", "openpyxl", "matplotlib");

    /** The program is sent as one text, in which the later parts use the earlier ones. */
    private static final List<String> PARTS =
            List.of("figures.py", "notebook.py", "magics.py", "driver.py");

    /** The one of this installation. */
    static Driver own() {
        return new Driver(PARTS.stream().map(Driver::part).collect(Collectors.joining("\n")));
    }

    private static String part(String name) {
        try (InputStream text = Driver.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
