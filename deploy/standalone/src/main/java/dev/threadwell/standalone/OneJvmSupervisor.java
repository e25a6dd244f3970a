package dev.threadwell.standalone;

import dev.threadwell.embedded.CannotStart;
import dev.threadwell.embedded.ChildCommand;
import dev.threadwell.embedded.DirectoryLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code up}: runs everything in one child JVM and restarts it when it ends unexpectedly, for
 * example because it is out of memory, crashed or was killed. A first start that never becomes
 * ready is not repeated.
 */
public final class OneJvmSupervisor implements AutoCloseable {

    /**
     * Environment variable that tells the JVM the pid of its supervisor, which holds the lock of
     * the data directory.
     */
    static final String PID_VARIABLE = "THREADWELL_SUPERVISOR";

    private static final Duration STOP_LIMIT = Duration.ofSeconds(150);
    private static final int OUT_OF_MEMORY = 3;
    // 0, and 128 + SIGINT, 128 + SIGTERM: the JVM was told to end.
    private static final List<Integer> TOLD_TO_END = List.of(0, 130, 143);

    private final Path readyFile;
    private final List<String> command;
    private final DirectoryLock lock;
    private final BackOff backOff = new BackOff();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private @Nullable Process child;

    OneJvmSupervisor(Path home, List<String> command) {
        this.lock = DirectoryLock.hold(home, "data");
        this.readyFile = ReadyFile.in(home);
        this.command = command;
    }

    /** The arguments are the command line of the JVM. */
    public static void main(String[] command) {
        int code = 1;
        try {
            var home = Path.of(System.getProperty("threadwell.home", ".threadwell"));
            var supervisor = new OneJvmSupervisor(home, List.of(command));
            Runtime.getRuntime().addShutdownHook(new Thread(supervisor::close, "stop"));
            code = supervisor.run();
        } catch (CannotStart e) {
            Console.say(e.sentence());
        } catch (IOException e) {
            Console.say("Threadwell could not be started: " + e.getMessage());
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the main thread", e);
        }
        System.exit(code);
    }

    /** Runs the JVM until it has ended for good and returns its exit code. */
    int run() throws IOException, InterruptedException {
        boolean wasReady = false;
        while (true) {
            long started = System.nanoTime();
            Process process = start();
            if (process == null) {
                return 0;
            }
            int code = process.waitFor();
            wasReady |= Files.deleteIfExists(readyFile);
            if (stopping.getCount() == 0 || TOLD_TO_END.contains(code) || !wasReady) {
                return code;
            }
            Duration pause = backOff.afterLifeOf(Duration.ofNanos(System.nanoTime() - started));
            Console.warn(
                    "Threadwell (process %d) ended unexpectedly, %s; starting it again"
                            .formatted(process.pid(), reason(code)));
            if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                return 0;
            }
        }
    }

    /** Stops the JVM and does not restart it. */
    @Override
    public void close() {
        Process last;
        synchronized (this) {
            stopping.countDown();
            last = child;
        }
        if (last != null) {
            end(last);
        }
        lock.close();
    }

    // Starts no process after close() was called.
    private synchronized @Nullable Process start() throws IOException {
        if (stopping.getCount() == 0) {
            return null;
        }
        var builder = new ProcessBuilder(ChildCommand.bound("KILL", command)).inheritIO();
        builder.environment().put(PID_VARIABLE, Long.toString(ProcessHandle.current().pid()));
        child = builder.start();
        return child;
    }

    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static String reason(int code) {
        return code == OUT_OF_MEMORY ? "out of memory" : "exit code " + code;
    }
}
