package dev.threadwell.toolworker.sandbox;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A program that runs in a sandbox; everything in it dies with it. */
public final class Sandboxed implements AutoCloseable {

    private static final int DIAGNOSIS_BYTES = 8 * 1024;

    private final Process process;
    private final OutputStream input;
    private final InputStream output;
    private final CompletableFuture<Void> ended;

    Sandboxed(Process process, Limits limits, CompletableFuture<Void> ended) {
        this.process = process;
        this.input = new BufferedOutputStream(process.getOutputStream());
        this.output = new BoundedInput(process.getInputStream(), limits.outputBytes());
        this.ended = ended;
    }

    /** Its standard input. */
    public OutputStream input() {
        return input;
    }

    /** Its standard output; reading more of it than the limit fails. */
    public InputStream output() {
        return output;
    }

    /** What it said on its standard error at first; to be asked when it has ended. */
    public String diagnosis() throws IOException {
        return new String(
                process.getErrorStream().readNBytes(DIAGNOSIS_BYTES), StandardCharsets.UTF_8);
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for its end; false if the time is over before. */
    public boolean waitFor(Duration time) throws InterruptedException {
        return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** How it ended; 128 and the signal if it was killed. */
    public int exitValue() {
        return process.exitValue();
    }

    /** Kills it with everything that it started, whatever they are doing. */
    public void kill() {
        // Not by the process itself, which would close what can still be read.
        process.toHandle().destroyForcibly();
    }

    /** Done when it is gone and what it used is free again. */
    public CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public void close() {
        kill();
    }
}
