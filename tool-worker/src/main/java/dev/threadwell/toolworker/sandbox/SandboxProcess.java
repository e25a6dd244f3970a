package dev.threadwell.toolworker.sandbox;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A program running in a sandbox; everything in the sandbox dies with it. */
public final class SandboxProcess implements AutoCloseable {

    private static final int DIAGNOSIS_BYTES = 8 * 1024;

    private final Process process;
    private final OutputStream input;
    private final InputStream output;
    private final CompletableFuture<Void> ended;

    SandboxProcess(Process process, SandboxLimits limits, CompletableFuture<Void> ended) {
        this.process = process;
        this.input = new BufferedOutputStream(process.getOutputStream());
        this.output = new BoundedInput(process.getInputStream(), limits.outputBytes());
        this.ended = ended;
    }

    /** The program's standard input. */
    public OutputStream input() {
        return input;
    }

    /** The program's standard output; reading beyond the limit fails. */
    public InputStream output() {
        return output;
    }

    /** The beginning of its standard error; call it only after the program has ended. */
    public String diagnosis() throws IOException {
        return new String(
                process.getErrorStream().readNBytes(DIAGNOSIS_BYTES), StandardCharsets.UTF_8);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for the program's end; returns false on a timeout. */
    public boolean waitFor(Duration time) throws InterruptedException {
        return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** The exit status; 128 plus the signal if the program was killed. */
    public int exitValue() {
        return process.exitValue();
    }

    /** Kills the program and all its child processes. */
    public void kill() {
        // By the handle, because Process.destroyForcibly() would close output that can still be
        // read.
        process.toHandle().destroyForcibly();
    }

    /** Completes when the program is gone and its resources are released. */
    public CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public void close() {
        kill();
    }
}
