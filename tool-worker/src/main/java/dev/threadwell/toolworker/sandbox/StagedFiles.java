package dev.threadwell.toolworker.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * A private directory for the files that starting a sandbox reads: the system call filter,
 * arguments, and copies of files that other uids cannot read, such as those in root's Maven
 * repository.
 */
final class StagedFiles {

    private static final Logger LOG = Logger.getLogger(StagedFiles.class);

    private static final String PREFIX = "threadwell-sandbox-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d{1,9})-.*");

    private final Path directory;
    private final Path filter;
    private final Map<Path, Path> copies = new ConcurrentHashMap<>();

    private StagedFiles(Path directory, Path filter) {
        this.directory = directory;
        this.filter = filter;
    }

    static StagedFiles create() throws IOException {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        sweep(parent);
        String prefix = PREFIX + ProcessHandle.current().pid() + "-";
        Path directory = Files.createTempDirectory(parent, prefix);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        Path filter = directory.resolve("filter");
        Files.write(filter, SystemCallFilter.of(SystemCalls.ofThisMachine()));
        return new StagedFiles(directory, filter);
    }

    /** Removes the directories of killed processes. */
    private static void sweep(Path parent) {
        try (Stream<Path> all = Files.list(parent)) {
            all.filter(StagedFiles::isOfTheDead)
                    .forEach(path -> new StagedFiles(path, path).remove());
        } catch (IOException | UncheckedIOException e) {
            LOG.debugf("directories stay reason=%s", e.getMessage());
        }
    }

    private static boolean isOfTheDead(Path path) {
        Matcher name = NAME.matcher(path.getFileName().toString());
        return name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty();
    }

    Path filter() {
        return filter;
    }

    /** Writes arguments to a file, each terminated by a NUL character. */
    Path arguments(List<String> arguments) throws IOException {
        Path file = Files.createTempFile(directory, "arguments", "");
        Files.write(file, (String.join("\0", arguments) + "\0").getBytes(StandardCharsets.UTF_8));
        return file;
    }

    /** Creates a world-readable file with these bytes. */
    Path file(String name, InputStream bytes) throws IOException {
        Path file = Files.createTempFile(directory, "", "-" + name);
        Files.copy(bytes, file, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        return file;
    }

    /**
     * The same files and directories, with paths that other uids can read; unreadable files are
     * copied.
     *
     * @throws SandboxUnavailable for an unreadable directory, which is not copied
     */
    Map<String, Path> readable(Map<String, Path> files, boolean asOthers) throws IOException {
        Map<String, Path> readable = new LinkedHashMap<>();
        for (var file : files.entrySet()) {
            Path path = file.getValue().toRealPath();
            if (!asOthers || isReadableByOthers(path)) {
                readable.put(file.getKey(), path);
            } else if (Files.isRegularFile(path)) {
                readable.put(file.getKey(), copies.computeIfAbsent(path, this::copy));
            } else {
                throw new SandboxUnavailable(
                        "others than root may not read " + path + ", which a sandbox needs");
            }
        }
        return readable;
    }

    private static boolean isReadableByOthers(Path path) throws IOException {
        if (!permissions(path).contains(PosixFilePermission.OTHERS_READ)) {
            return false;
        }
        for (Path above = path.getParent(); above != null; above = above.getParent()) {
            if (!permissions(above).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                return false;
            }
        }
        return true;
    }

    private static Set<PosixFilePermission> permissions(Path path) throws IOException {
        return Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
    }

    private Path copy(Path file) {
        try (InputStream bytes = Files.newInputStream(file)) {
            return file(String.valueOf(file.getFileName()), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes the directory; another process may be doing the same. */
    void remove() {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warnf(e, "directory stays path=%s", directory);
        }
    }
}
