package dev.threadwell.toolworker.codeinterpreter;

import dev.threadwell.toolworker.sandbox.Sandbox;
import dev.threadwell.toolworker.sandbox.SandboxLimits;
import dev.threadwell.toolworker.sandbox.SandboxProbe;
import dev.threadwell.toolworker.sandbox.SandboxProcess;
import dev.threadwell.toolworker.sandbox.SandboxUnavailable;
import dev.threadwell.toolworker.sandbox.SandboxedProgram;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Runs sessions in bubblewrap sandboxes on this machine, one process tree each. */
final class BubblewrapSandbox implements CodeSandbox {

    private static final Duration TO_START = Duration.ofMinutes(2);

    /** The longest life of a session; far longer than a session is useful. */
    private static final Duration LIFE = Duration.ofDays(1);

    private static final int SIGNALLED = 128;
    private static final int SIGKILL = 9;
    private static final int SIGXCPU = 24;

    private static final Duration TO_DIE = Duration.ofSeconds(2);

    /** Limits math libraries to one thread, because each thread reserves address space. */
    private static final Map<String, String> ENVIRONMENT =
            Map.of(
                    "HOME", "/tmp",
                    "LANG", "C.UTF-8",
                    "MPLBACKEND", "agg",
                    "MPLCONFIGDIR", "/tmp/.matplotlib",
                    "OPENBLAS_NUM_THREADS", "1",
                    "OMP_NUM_THREADS", "1");

    private final Sandbox sandbox;
    private final CodeConfig config;
    private final CodeLimits limits;
    private final Driver driver;

    private final SandboxProbe trial = new SandboxProbe(this::tryOne);

    /**
     * The session that was opened to probe whether sandboxes work; the first call of open() gets
     * it.
     */
    private final AtomicReference<@Nullable Session> first = new AtomicReference<>();

    BubblewrapSandbox(Sandbox sandbox, CodeConfig config, Driver driver) {
        this.sandbox = sandbox;
        this.config = config;
        this.limits = CodeLimits.of(config);
        this.driver = driver;
    }

    @Override
    public @Nullable String unavailable() {
        return trial.failure();
    }

    private @Nullable String tryOne() {
        String reason = sandbox.unavailable();
        if (reason != null) {
            return reason;
        }
        try {
            first.set(opened());
            return null;
        } catch (IOException | SandboxUnavailable e) {
            return e.getMessage();
        }
    }

    @Override
    public Session open() throws IOException {
        Session ready = first.getAndSet(null);
        return ready == null ? opened() : ready;
    }

    private Session opened() throws IOException {
        SandboxProcess sandboxed =
                sandbox.start(
                        new SandboxedProgram(
                                List.of("/usr/bin/python3", "-I", "-c", driver.source()),
                                ENVIRONMENT,
                                Map.of(),
                                new SandboxLimits(
                                        config.memoryBytes(),
                                        config.memoryBytes(),
                                        config.processes(),
                                        config.cpu(),
                                        LIFE,
                                        SandboxLimits.UNLIMITED,
                                        config.diskBytes(),
                                        config.files())));
        DriverSession session =
                new DriverSession(
                        sandboxed.output(), sandboxed.input(), limits, connection(sandboxed));
        try {
            session.prepare(Driver.MODULES, TO_START);
            return session;
        } catch (IOException e) {
            session.close();
            throw e;
        }
    }

    private DriverSession.Connection connection(SandboxProcess sandboxed) {
        return new DriverSession.Connection() {
            @Override
            public boolean isAlive() {
                return sandboxed.isAlive();
            }

            @Override
            public void kill() {
                sandboxed.kill();
            }

            @Override
            public String obituary() {
                return BubblewrapSandbox.this.obituary(sandboxed);
            }
        };
    }

    private String killedForMemory() {
        return ("The interpreter ended, probably because it used more than %d MiB of memory,"
                        + " its files included.")
                .formatted(config.memoryBytes() >> 20);
    }

    /** Explains an exit status in the shell's convention: 128 plus the signal. */
    private String cause(int status) {
        if (status == SIGNALLED + SIGKILL) {
            return killedForMemory();
        }
        if (status == SIGNALLED + SIGXCPU) {
            return "The interpreter ended, because it used more than %d minutes of processor time."
                    .formatted(config.cpu().toMinutes());
        }
        return status > SIGNALLED
                ? "The interpreter ended: the process was ended by signal %d."
                        .formatted(status - SIGNALLED)
                : "The interpreter ended: the process exited with status %d.".formatted(status);
    }

    private String obituary(SandboxProcess sandboxed) {
        try {
            if (!sandboxed.waitFor(TO_DIE)) {
                return killedForMemory();
            }
            String said = sandboxed.diagnosis().strip();
            return said.isEmpty() ? cause(sandboxed.exitValue()) : "The interpreter ended: " + said;
        } catch (IOException e) {
            return "The interpreter ended.";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "The interpreter was interrupted.";
        }
    }
}
