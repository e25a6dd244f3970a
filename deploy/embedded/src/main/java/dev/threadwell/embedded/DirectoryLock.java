package dev.threadwell.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** An exclusive lock on a directory, held until it is closed or the process ends for any reason. */
public final class DirectoryLock implements AutoCloseable {

    // The directories that this process has locked. A file lock belongs to the process and is lost
    // when any descriptor of its file is closed, so a second attempt in this process must not even
    // open the file.
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Locks the directory, creating it if it is missing.
     *
     * @param what whose directory it is, for the error message
     */
    public static DirectoryLock hold(Path directory, String what) {
        Path real = created(directory, what);
        if (!HELD_HERE.add(real)) {
            throw inUse(real, what);
        }
        @Nullable FileChannel channel = null;
        try {
            channel =
                    FileChannel.open(
                            real.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            @Nullable FileLock lock = channel.tryLock();
            if (lock == null) {
                throw inUse(real, what);
            }
            Files.writeString(real.resolve("pid"), ProcessHandle.current().pid() + "\n");
            return new DirectoryLock(real, channel);
        } catch (IOException | RuntimeException e) {
            HELD_HERE.remove(real);
            closeAfter(e, channel);
            throw e instanceof CannotStart known ? known : unusable(directory, what, e);
        }
    }

    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        try {
            Files.deleteIfExists(directory.resolve("pid"));
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            HELD_HERE.remove(directory);
        }
    }

    private static Path created(Path directory, String what) {
        try {
            return Files.createDirectories(directory).toRealPath();
        } catch (IOException e) {
            throw unusable(directory, what, e);
        }
    }

    private static CannotStart inUse(Path directory, String what) {
        return new CannotStart(
                "The %s directory %s is in use by process %s."
                        .formatted(what, directory, holder(directory)));
    }

    private static CannotStart unusable(Path directory, String what, Exception e) {
        return new CannotStart(
                "The %s directory %s can not be used: %s."
                        .formatted(what, directory, e.getClass().getSimpleName()),
                e);
    }

    private static String holder(Path directory) {
        try {
            return Files.readString(directory.resolve("pid")).strip();
        } catch (IOException e) {
            return "(unknown)";
        }
    }

    private static void closeAfter(Exception failure, @Nullable FileChannel channel) {
        if (channel == null) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
