package dev.threadwell.toolworker.codeinterpreter;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * The program that executes code in a sandbox.
 *
 * @param source in Python
 */
record Driver(String source) {

    /** What it loads before the first code comes. */
    static final List<String> MODULES = List.of("numpy", "pandas", "openpyxl", "matplotlib");

    /** The one of this installation. */
    static Driver own() {
        try (InputStream text = Driver.class.getResourceAsStream("driver.py")) {
            return new Driver(
                    new String(
                            Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
