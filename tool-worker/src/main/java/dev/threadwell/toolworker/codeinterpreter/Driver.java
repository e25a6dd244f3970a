package dev.threadwell.toolworker.codeinterpreter;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The driver program that executes code inside a sandbox.
 *
 * @param source its Python source
 */
record Driver(String source) {

    /** The modules that it imports before the first code is executed. */
    static final List<String> MODULES = List.of("numpy", "pandas", "openpyxl", "matplotlib");

    /**
     * The source files, concatenated into one program; later ones use definitions of earlier ones.
     */
    private static final List<String> PARTS =
            List.of("figures.py", "notebook.py", "magics.py", "driver.py");

    /** The driver of this installation. */
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
