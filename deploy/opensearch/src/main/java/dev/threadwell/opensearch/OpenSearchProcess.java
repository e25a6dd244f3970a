package dev.threadwell.opensearch;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A node in a JVM of its own, which has its own Lucene; it ends with this process, however that
 * ends.
 */
public final class OpenSearchProcess implements AutoCloseable {

    static final String LISTENS = "OpenSearch listens on port ";

    private static final int SECONDS_TO_STOP = 20;

    private final Process process;
    private final URI address;

    private OpenSearchProcess(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** Starts a node that keeps its data in this directory, and returns when it serves. */
    public static OpenSearchProcess start(Path directory) {
        try {
            Process process =
                    new ProcessBuilder(command(directory))
                            .redirectError(directory.resolve("node.log").toFile())
                            .start();
            return new OpenSearchProcess(process, address(process, directory));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What this module is made of lies beside its classes. */
    private static List<String> command(Path directory) {
        Path classes;
        try {
            classes =
                    Path.of(
                            OpenSearchProcess.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+UseSerialGC",
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classes + File.pathSeparator + classes.resolveSibling("node") + "/*",
                "dev.threadwell.opensearch.NodeMain",
                directory.toString());
    }

    private static URI address(Process process, Path directory) throws IOException {
        BufferedReader says = process.inputReader(StandardCharsets.UTF_8);
        for (String line = says.readLine(); line != null; line = says.readLine()) {
            if (line.startsWith(LISTENS)) {
                return URI.create("http://127.0.0.1:" + line.substring(LISTENS.length()));
            }
        }
        throw new IOException("OpenSearch did not start, see " + directory.resolve("node.log"));
    }

    /** Where it is asked. */
    public URI address() {
        return address;
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            if (!process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
