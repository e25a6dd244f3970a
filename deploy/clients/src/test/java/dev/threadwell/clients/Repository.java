package dev.threadwell.clients;

import java.nio.file.Path;

/** Where the files are that tests execute. */
final class Repository {

    static final Path MODULE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    static final Path ROOT = MODULE.resolve("../..").normalize();
    static final Path PROBES = MODULE.resolve("probes");
    static final Path SAMPLES = MODULE.resolve("samples");
    static final Path QUICKSTARTS = MODULE.resolve("quickstart");

    private Repository() {}

    /** Kept between builds: an SDK is fetched once. */
    static Path cache() {
        String chosen = System.getenv("THREADWELL_CLIENTS_CACHE");
        return chosen == null || chosen.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache", "threadwell", "clients")
                : Path.of(chosen).toAbsolutePath();
    }
}
