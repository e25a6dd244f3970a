package dev.threadwell.clients;

import java.nio.file.Path;

/** An official SDK, unmodified, as its registry has it, and how a script that imports it is run. */
interface Sdk {

    /** With the version that is installed, not the one asked for. */
    Subject subject(String wire, String what);

    /** Runs a script, which may import its neighbours in the same directory and the SDK. */
    Command script(Path script);
}
