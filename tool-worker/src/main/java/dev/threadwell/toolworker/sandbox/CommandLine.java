package dev.threadwell.toolworker.sandbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds the command line of a sandbox, as a chain of programs. A shell joins the control groups
 * and opens the files that bubblewrap reads, because Java cannot pass file descriptors. If we are
 * root, setpriv drops to another uid. unshare creates a user namespace with a tmpfs as the writable
 * file system, because only there the number of files can be bounded. bubblewrap hides everything
 * else. Inside it, prlimit sets the program's resource limits, which would otherwise count our own
 * processes, too.
 *
 * @param uid the uid to run under; null for our own
 * @param options what the machine allows
 */
record CommandLine(
        SandboxedProgram program,
        Map<String, Path> readOnly,
        @Nullable Integer uid,
        SandboxOptions options) {

    private static final int SECONDS_TO_GIVE_IN = 2;

    private static final String OPEN_FILES =
            """
            set -e
            while [ "$1" != -- ]; do echo $$ > "$1/cgroup.procs"; shift; done
            shift; exec 8< "$1" 9< "$2"; shift 2; exec "$@"
            """;

    /** Mounts a tmpfs below /mnt, the only writable place; it is invisible outside. */
    private static final String MAKE_FILES =
            """
            set -e
            mount -t tmpfs -o "$1",nosuid,nodev,mode=0755 tmpfs /mnt
            mkdir -m 0755 /mnt/data /mnt/shm; mkdir -m 1777 /mnt/tmp
            shift; exec "$@"
            """;

    /** Files in {@code /etc} that programs need and that reveal nothing about the host. */
    private static final List<String> CONFIGURATION =
            List.of(
                    "/etc/alternatives",
                    "/etc/fonts",
                    "/etc/ld.so.cache",
                    "/etc/matplotlibrc",
                    "/etc/localtime");

    /** The whole command line. */
    List<String> all(List<Path> controlGroups, Path arguments, Path filter) {
        List<String> all = new ArrayList<>(List.of("/bin/sh", "-c", OPEN_FILES, "sh"));
        controlGroups.forEach(group -> all.add(group.toString()));
        all.addAll(List.of("--", arguments.toString(), filter.toString()));
        if (uid != null) {
            all.addAll(
                    List.of(
                            "setpriv",
                            "--reuid=" + uid,
                            "--regid=" + uid,
                            "--clear-groups",
                            "--inh-caps=-all",
                            "--bounding-set=-all",
                            "--no-new-privs"));
        }
        all.addAll(List.of("unshare", "--user", "--map-root-user", "--mount"));
        all.addAll(List.of("--propagation", "private"));
        all.addAll(List.of("/bin/sh", "-c", MAKE_FILES, "sh", files()));
        all.addAll(List.of("bwrap", "--args", "8", "--"));
        all.addAll(limited());
        return all;
    }

    private String files() {
        SandboxLimits limits = program.limits();
        return "size=%d,nr_inodes=%d".formatted(limits.diskBytes(), limits.files());
    }

    private List<String> limited() {
        SandboxLimits limits = program.limits();
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "/usr/bin/prlimit",
                                "--nproc=" + limits.processes(),
                                "--nofile=256",
                                "--core=0",
                                "--memlock=65536",
                                "--fsize=" + limits.diskBytes(),
                                // SIGXCPU first, so that the cause is known; SIGKILL follows for a
                                // process that ignores it.
                                "--cpu=%1$d:%2$d"
                                        .formatted(
                                                limits.cpu().toSeconds(),
                                                limits.cpu().toSeconds() + SECONDS_TO_GIVE_IN)));
        if (limits.addressSpaceBytes() != SandboxLimits.UNLIMITED) {
            command.add("--as=" + limits.addressSpaceBytes());
        }
        command.addAll(program.command());
        return command;
    }

    /** Bubblewrap's own arguments, which it reads from a file so that they are invisible inside. */
    List<String> arguments() {
        List<String> all = new ArrayList<>();
        add(all, "--unshare-user --unshare-pid --unshare-ipc --unshare-uts --unshare-net");
        add(all, "--unshare-cgroup --uid 1000 --gid 1000 --die-with-parent");
        if (options.processFiles()) {
            // Twice over: the system call filter refuses user namespaces, too. Without a /proc of
            // our own this limit cannot be set.
            add(all, "--disable-userns --proc /proc");
        }
        if (options.hostName()) {
            add(all, "--hostname sandbox");
        }
        add(all, "--new-session --cap-drop ALL --clearenv");
        add(all, "--setenv PATH /usr/bin");
        program.environment().forEach((name, value) -> add(all, "--setenv", name, value));
        add(all, "--ro-bind /usr /usr --symlink usr/bin /bin --symlink usr/sbin /sbin");
        add(all, "--symlink usr/lib /lib --symlink usr/lib64 /lib64");
        CONFIGURATION.forEach(path -> add(all, "--ro-bind-try", path, path));
        readOnly.forEach((inside, path) -> add(all, "--ro-bind", path.toString(), inside));
        add(all, "--dev /dev --bind /mnt/shm /dev/shm --remount-ro /dev");
        add(all, "--bind /mnt/data /mnt/data --bind /mnt/tmp /tmp --chdir /mnt/data");
        add(all, "--remount-ro / --seccomp 9");
        return all;
    }

    private static void add(List<String> all, String words) {
        all.addAll(List.of(words.split(" ")));
    }

    private static void add(List<String> all, String option, String first, String second) {
        all.addAll(List.of(option, first, second));
    }
}
