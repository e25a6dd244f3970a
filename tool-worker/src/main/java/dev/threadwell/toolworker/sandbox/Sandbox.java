package dev.threadwell.toolworker.sandbox;

import dev.threadwell.toolworker.sandbox.ControlGroups.Group;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Starts programs in bubblewrap sandboxes. If sandboxes are unavailable, it reports the reason and
 * starts nothing: no program ever runs without a sandbox.
 */
@ApplicationScoped
public class Sandbox {

    private static final Logger LOG = Logger.getLogger(Sandbox.class);

    private static final SandboxLimits TRIAL =
            new SandboxLimits(
                    1 << 28,
                    1 << 28,
                    8,
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(60),
                    1024,
                    1 << 20,
                    100);

    private static final int FIRST_PAUSE_MILLIS = 20;
    private static final int LONGEST_PAUSE_MILLIS = 500;
    private static final int TRIES_TO_CLEAN_UP = 120;
    private static final int SECONDS_TO_END_ALL = 10;

    private final SandboxConfig config;
    private final boolean root;
    private final ControlGroups controlGroups;
    private final SandboxUids uids;
    private final Set<SandboxProcess> running = ConcurrentHashMap.newKeySet();

    /**
     * Starts all processes on one long-lived thread, because the kernel kills a sandbox when the
     * thread that started it ends.
     */
    private final ExecutorService starter =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("sandbox-starter").factory());

    private @Nullable StagedFiles staged;

    /** What the machine allows, as the last trial has found out. */
    private volatile SandboxOptions options = new SandboxOptions(false, false);

    private final SandboxProbe trial = new SandboxProbe(this::tryAndTell);

    @Inject
    public Sandbox(SandboxConfig config) {
        this.config = config;
        this.root = isRoot();
        this.uids = new SandboxUids(config.firstUid(), config.uids());
        this.controlGroups =
                config.controlGroups()
                        ? ControlGroups.below(Path.of("/sys/fs/cgroup"), OwnControlGroup.path())
                        : ControlGroups.NONE;
    }

    private static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debugf("no process has a uid here reason=%s", e.getMessage());
            return false;
        }
    }

    /** The reason why no sandbox can be started here; null if it can. */
    public @Nullable String unavailable() {
        return trial.failure();
    }

    private @Nullable String tryAndTell() {
        String reason = tryOne();
        LOG.infof(
                "sandbox available=%s processFiles=%s hostName=%s controlGroups=%s reason=%s",
                reason == null,
                reason == null && options.processFiles(),
                reason == null && options.hostName(),
                controlGroups.hierarchies().size(),
                reason);
        return reason;
    }

    /** Whether programs have a {@code /proc}; known once it is known that there are sandboxes. */
    boolean hasProcessFiles() {
        return options.processFiles();
    }

    /** Whether the memory limit applies to all processes of a sandbox together. */
    boolean countsMemoryTogether() {
        return controlGroups.available();
    }

    private @Nullable String tryOne() {
        String missing = MissingPrograms.of(root);
        if (missing != null) {
            return missing;
        }
        controlGroups.sweep();
        String reason = null;
        for (SandboxOptions tried : SandboxOptions.inOrder(config.processFiles())) {
            reason = tried(tried);
            if (reason == null) {
                return null;
            }
        }
        return reason;
    }

    private @Nullable String tried(SandboxOptions tried) {
        options = tried;
        try (SandboxProcess probe =
                started(
                        new SandboxedProgram(
                                List.of("/usr/bin/true"), Map.of(), Map.of(), TRIAL))) {
            if (probe.waitFor(TRIAL.wallTime()) && probe.exitValue() == 0) {
                return null;
            }
            probe.kill();
            return "bubblewrap cannot make a sandbox here: " + probe.diagnosis().strip();
        } catch (SandboxUnavailable | IOException e) {
            return "a sandbox cannot be started: " + e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    /**
     * Starts a program.
     *
     * @throws SandboxUnavailable if no sandbox can be started here
     */
    public SandboxProcess start(SandboxedProgram program) throws IOException {
        String reason = unavailable();
        if (reason != null) {
            throw new SandboxUnavailable(reason);
        }
        return started(program);
    }

    private SandboxProcess started(SandboxedProgram program) throws IOException {
        SandboxedProgram bounded =
                controlGroups.available() ? program : withFewerProcesses(program);
        Integer uid = root ? uids.take() : null;
        Group group = new Group(List.of());
        Path arguments = null;
        try {
            group = controlGroups.group(bounded.limits());
            StagedFiles files = stagedFiles();
            CommandLine line =
                    new CommandLine(
                            bounded, files.readable(bounded.readOnly(), root), uid, options);
            arguments = files.arguments(line.arguments());
            Process process = process(line.all(group.directories(), arguments, files.filter()));
            return watched(process, bounded.limits(), group, uid, arguments);
        } catch (IOException | RuntimeException e) {
            release(group, uid, arguments);
            throw e;
        }
    }

    /**
     * Lowers the number of processes: without cgroups, memory is limited only per process, so their
     * number has to bound the sum.
     */
    private SandboxedProgram withFewerProcesses(SandboxedProgram program) {
        SandboxLimits given = program.limits();
        SandboxLimits fewer =
                new SandboxLimits(
                        given.memoryBytes(),
                        given.addressSpaceBytes(),
                        given.addressSpaceBytes() == SandboxLimits.UNLIMITED
                                ? given.processes()
                                : Math.min(
                                        given.processes(), config.processesWithoutControlGroups()),
                        given.cpu(),
                        given.wallTime(),
                        given.outputBytes(),
                        given.diskBytes(),
                        given.files());
        return new SandboxedProgram(
                program.command(), program.environment(), program.readOnly(), fewer);
    }

    private Process process(List<String> command) throws IOException {
        // The root directory, because the shell exports its working directory to its children.
        ProcessBuilder builder = new ProcessBuilder(command).directory(new File("/"));
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        try {
            return starter.submit(builder::start).get();
        } catch (ExecutionException e) {
            throw new IOException("the sandbox cannot be started", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private SandboxProcess watched(
            Process process,
            SandboxLimits limits,
            Group group,
            @Nullable Integer uid,
            Path arguments) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        SandboxProcess sandboxed = new SandboxProcess(process, limits, ended);
        running.add(sandboxed);
        var _ =
                process.onExit()
                        .thenRunAsync(
                                () -> {
                                    running.remove(sandboxed);
                                    release(group, uid, arguments);
                                    ended.complete(null);
                                },
                                task -> Thread.ofVirtual().start(task));
        var _ =
                process.onExit()
                        .orTimeout(limits.wallTime().toMillis(), TimeUnit.MILLISECONDS)
                        .exceptionally(_ -> killed(sandboxed, process));
        return sandboxed;
    }

    private static Process killed(SandboxProcess overdue, Process process) {
        overdue.kill();
        return process;
    }

    /**
     * Retries, because the last processes of a sandbox take a moment to die, longer on a busy
     * machine.
     */
    private static boolean removed(Group group) throws InterruptedException {
        int pause = FIRST_PAUSE_MILLIS;
        for (int i = 0; i < TRIES_TO_CLEAN_UP && !group.removed(); i++) {
            Thread.sleep(pause);
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
        return group.removed();
    }

    private void release(Group group, @Nullable Integer uid, @Nullable Path arguments) {
        try {
            if (arguments != null) {
                Files.deleteIfExists(arguments);
            }
            if (!removed(group)) {
                LOG.warnf("sandbox left its control group behind group=%s", group.directories());
            }
        } catch (IOException e) {
            LOG.warnf(e, "sandbox left a file behind path=%s", arguments);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (uid != null) {
                uids.release(uid);
            }
        }
    }

    /**
     * Creates a file that can be made visible in sandboxes; it is deleted when this process ends.
     */
    public Path stage(String name, InputStream bytes) throws IOException {
        return stagedFiles().file(name, bytes);
    }

    private synchronized StagedFiles stagedFiles() throws IOException {
        if (staged == null) {
            staged = StagedFiles.create();
        }
        return staged;
    }

    /** Kills the sandboxes that still run. */
    @PreDestroy
    synchronized void close() {
        running.forEach(SandboxProcess::kill);
        CompletableFuture.allOf(
                        running.stream()
                                .map(SandboxProcess::ended)
                                .toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, SECONDS_TO_END_ALL, TimeUnit.SECONDS)
                .join();
        starter.shutdown();
        if (staged != null) {
            staged.remove();
        }
    }
}
