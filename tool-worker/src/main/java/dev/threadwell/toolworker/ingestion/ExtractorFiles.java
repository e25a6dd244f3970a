package dev.threadwell.toolworker.ingestion;

import dev.threadwell.extractor.Extractor;
import dev.threadwell.toolworker.sandbox.Sandbox;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The class path of the extractor: its own classes, and the libraries packed into its jar, which
 * are unpacked once. It is independent of the class path of this process, so that it is the same in
 * every assembly.
 */
final class ExtractorFiles {

    static final String MAIN = Extractor.class.getName();

    private static final String LIBRARIES = "/document-extractor/class-path";

    private final Sandbox sandbox;
    private List<Path> classPath = List.of();

    ExtractorFiles(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    /** Unpacks the libraries again if a cleanup of temporary files has deleted them. */
    synchronized List<Path> classPath() throws IOException {
        if (classPath.isEmpty() || !classPath.stream().allMatch(Files::exists)) {
            List<Path> files = new ArrayList<>(List.of(ownClasses()));
            for (String library : new String(bytes(LIBRARIES), StandardCharsets.UTF_8).split(":")) {
                files.add(staged("/" + library.strip()));
            }
            classPath = List.copyOf(files);
        }
        return classPath;
    }

    private Path staged(String library) throws IOException {
        String name = library.substring(library.lastIndexOf('/') + 1);
        try (InputStream jar = resource(library)) {
            return sandbox.stage(name, jar);
        }
    }

    private static byte[] bytes(String resource) throws IOException {
        try (InputStream in = resource(resource)) {
            return in.readAllBytes();
        }
    }

    private static InputStream resource(String name) throws IOException {
        InputStream in = Extractor.class.getResourceAsStream(name);
        if (in == null) {
            throw new IOException("the extractor lacks " + name);
        }
        return in;
    }

    /** The jar or directory that contains the extractor's classes. */
    private static Path ownClasses() throws IOException {
        String resource = MAIN.replace('.', '/') + ".class";
        URL url = Extractor.class.getResource("/" + resource);
        if (url == null) {
            throw new IOException("not on the class path: " + resource);
        }
        try {
            URLConnection connection = url.openConnection();
            if (connection instanceof JarURLConnection jar) {
                return Path.of(jar.getJarFileURL().toURI());
            }
            String file = Path.of(url.toURI()).toString();
            return Path.of(file.substring(0, file.length() - resource.length()));
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
