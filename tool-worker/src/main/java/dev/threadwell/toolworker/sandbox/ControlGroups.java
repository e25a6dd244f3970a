package dev.threadwell.toolworker.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The cgroups that this process may create. A cgroup limits the memory of all processes of a
 * sandbox together, including their files in tmpfs.
 *
 * @param hierarchies one for cgroup v2, one per controller for cgroup v1, none if unavailable
 */
record ControlGroups(List<Hierarchy> hierarchies) {

    static final ControlGroups NONE = new ControlGroups(List.of());

    private static final Logger LOG = Logger.getLogger(ControlGroups.class);

    private static final String PREFIX = "threadwell-";

    /** Includes the time, because an earlier process may have had our pid. */
    private static final String OURS =
            PREFIX + ProcessHandle.current().pid() + "-" + System.currentTimeMillis() + "-";

    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d{1,9})-.*");

    /** The processes of the launcher itself. */
    private static final int OWN_PROCESSES = 4;

    /** One core: 100 ms of CPU time per period of 100 ms. */
    private static final String CPU_QUOTA = "100000";

    private static final AtomicLong COUNTER = new AtomicLong();

    /** A directory in which cgroups are created, and the settings to write into each. */
    record Hierarchy(Path parent, List<Setting> settings) {

        private Path create(String name, SandboxLimits limits) throws IOException {
            Path group = Files.createDirectory(parent.resolve(name));
            try {
                for (Setting setting : settings) {
                    write(group.resolve(setting.file()), setting, limits);
                }
            } catch (IOException e) {
                Files.delete(group);
                throw e;
            }
            return group;
        }

        private static void write(Path file, Setting setting, SandboxLimits limits)
                throws IOException {
            if (setting.required() || Files.exists(file)) {
                Files.writeString(file, setting.value().apply(limits), StandardOpenOption.WRITE);
            }
        }
    }

    record Setting(String file, boolean required, Function<SandboxLimits, String> value) {}

    /**
     * The directories of a cgroup; a process joins by writing its pid to their {@code
     * cgroup.procs}.
     */
    record Group(List<Path> directories) {

        /** Removes the cgroup; returns false if processes are still in it. */
        boolean removed() {
            boolean all = true;
            for (Path directory : directories) {
                try {
                    Files.deleteIfExists(directory);
                } catch (IOException e) {
                    all = false;
                }
            }
            return all;
        }
    }

    boolean available() {
        return !hierarchies.isEmpty();
    }

    /** Creates a cgroup for a sandbox. */
    Group group(SandboxLimits limits) throws IOException {
        String name = OURS + COUNTER.incrementAndGet();
        List<Path> directories = new ArrayList<>();
        try {
            for (Hierarchy hierarchy : hierarchies) {
                directories.add(hierarchy.create(name, limits));
            }
        } catch (IOException e) {
            new Group(directories).removed();
            throw e;
        }
        return new Group(directories);
    }

    /**
     * Removes cgroups that dead processes left behind. Groups of living processes stay, because an
     * empty group may be about to be used.
     */
    void sweep() {
        for (Hierarchy hierarchy : hierarchies) {
            try (Stream<Path> groups = Files.list(hierarchy.parent())) {
                groups.filter(group -> isOfTheDead(group.getFileName().toString()))
                        .forEach(group -> new Group(List.of(group)).removed());
            } catch (IOException | UncheckedIOException e) {
                LOG.warnf(e, "control groups cannot be listed path=%s", hierarchy.parent());
            }
        }
    }

    private static boolean isOfTheDead(String group) {
        Matcher name = NAME.matcher(group);
        if (!name.matches() || group.startsWith(OURS)) {
            return false;
        }
        long maker = Long.parseLong(name.group(1));
        return maker == ProcessHandle.current().pid() || ProcessHandle.of(maker).isEmpty();
    }

    /**
     * The usable cgroups below this directory.
     *
     * @param own the cgroup v2 path of this process, e.g. {@code /system.slice/x.service}; null if
     *     there is none
     */
    static ControlGroups below(Path root, @Nullable String own) {
        List<ControlGroups> candidates = new ArrayList<>();
        if (own != null && Files.exists(root.resolve("cgroup.controllers"))) {
            Path group = root.resolve(own.substring(1)).normalize();
            for (; group != null && group.startsWith(root); group = group.getParent()) {
                candidates.add(unified(group));
            }
        }
        candidates.add(separate(root));
        return candidates.stream().filter(ControlGroups::work).findFirst().orElse(NONE);
    }

    private static ControlGroups unified(Path parent) {
        return new ControlGroups(
                List.of(
                        new Hierarchy(
                                parent,
                                List.of(
                                        new Setting("memory.max", true, ControlGroups::memory),
                                        new Setting("memory.swap.max", false, _ -> "0"),
                                        new Setting("pids.max", true, ControlGroups::processes),
                                        new Setting("cpu.max", false, _ -> CPU_QUOTA)))));
    }

    private static ControlGroups separate(Path root) {
        return new ControlGroups(
                List.of(
                        new Hierarchy(
                                root.resolve("memory"),
                                List.of(
                                        new Setting(
                                                "memory.limit_in_bytes",
                                                true,
                                                ControlGroups::memory))),
                        new Hierarchy(
                                root.resolve("pids"),
                                List.of(new Setting("pids.max", true, ControlGroups::processes))),
                        new Hierarchy(
                                root.resolve("cpu"),
                                List.of(new Setting("cpu.cfs_quota_us", false, _ -> CPU_QUOTA)))));
    }

    private static String memory(SandboxLimits limits) {
        return Long.toString(limits.memoryBytes());
    }

    private static String processes(SandboxLimits limits) {
        return Integer.toString(limits.processes() + OWN_PROCESSES);
    }

    /**
     * Probes by creating a group: what looks writable may be refused, and a controller may be off.
     */
    private boolean work() {
        SandboxLimits trial =
                new SandboxLimits(1 << 26, 0, 8, Duration.ZERO, Duration.ZERO, 0, 0, 0);
        try {
            return group(trial).removed();
        } catch (IOException e) {
            LOG.debugf("control groups cannot be made reason=%s", e.getMessage());
            return false;
        }
    }
}
