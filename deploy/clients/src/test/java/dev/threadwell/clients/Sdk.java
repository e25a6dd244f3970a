package dev.threadwell.clients;

import java.nio.file.Path;

/** An official SDK, unmodified, as its registry has it, and how a script that imports it is run. */
interface Sdk {

    /**
     * For example {@code openai 1.109.1 (PyPI)}: the version that is installed, not the one asked
     * for.
     */
    String name();

    /** Runs a script, which may import its neighbours in the same directory and the SDK. */
    Command script(Path script);
}
