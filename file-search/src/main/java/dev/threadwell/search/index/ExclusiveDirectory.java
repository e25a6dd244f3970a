package dev.threadwell.search.index;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A directory that this process holds exclusively: the first unlocked one of the numbered
 * subdirectories. A restarted process finds the data of its predecessor.
 */
final class ExclusiveDirectory implements AutoCloseable {

    private final Path path;
    private final FileChannel channel;

    private ExclusiveDirectory(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    static ExclusiveDirectory in(Path shared) throws IOException {
        for (int number = 0; ; number++) {
            Path path = Files.createDirectories(shared.resolve(String.valueOf(number)));
            FileChannel channel =
                    FileChannel.open(
                            path.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            if (locked(channel) != null) {
                return new ExclusiveDirectory(path, channel);
            }
            channel.close();
        }
    }

    private static @Nullable FileLock locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
