package dev.threadwell.flow;

import java.nio.file.Path;

/** Where the packaged services are. */
final class Repository {

    static final Path MODULE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    static final Path ROOT = MODULE.resolve("../..").normalize();

    private Repository() {}
}
