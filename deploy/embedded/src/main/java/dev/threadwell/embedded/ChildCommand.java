package dev.threadwell.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Puts in front of a command what binds the child's life to ours.
 *
 * <p>The child gets a session of its own, so that Ctrl-C in a terminal reaches us alone and we stop
 * our children in the right order; and where the system can do it, the kernel sends it a signal
 * when the <em>thread</em> that started it ends. Start it from a thread that lives as long as it
 * does.
 */
public final class ChildCommand {

    /** The uid and gid that systems keep for nobody. */
    private static final String NOBODY = "65534";

    private ChildCommand() {}

    /** The command, bound to the starting thread. */
    public static List<String> bound(String signalAtOurDeath, List<String> command) {
        List<String> bound = new ArrayList<>();
        if (installed("setsid")) {
            bound.add("setsid");
        }
        if (installed("setpriv")) {
            bound.addAll(List.of("setpriv", "--pdeathsig", signalAtOurDeath));
        }
        bound.addAll(command);
        return List.copyOf(bound);
    }

    /** How to run programs that refuse to be run by root. */
    sealed interface Account {
        /** We are not root: nothing to do. */
        record Ours() implements Account {}

        /** In a user namespace of its own, where root is mapped to nobody. */
        record Unmapped() implements Account {}

        /** As nobody, who must own the files. */
        record Nobody() implements Account {}

        default List<String> run(List<String> command) {
            List<String> prefix =
                    switch (this) {
                        case Ours _ -> List.of();
                        case Unmapped _ -> List.of("unshare", "-U");
                        case Nobody _ ->
                                List.of(
                                        "setpriv",
                                        "--reuid=" + NOBODY,
                                        "--regid=" + NOBODY,
                                        "--clear-groups");
                    };
            return Stream.concat(prefix.stream(), command.stream()).toList();
        }

        /** Hands files over to whoever will use them. */
        default void own(Path... paths) throws IOException {
            if (this instanceof Nobody) {
                for (Path path : paths) {
                    Files.setAttribute(path, "unix:uid", Integer.parseInt(NOBODY));
                }
            }
        }
    }

    /** The account that an unprivileged program can be run under by us. */
    static Account unprivileged() throws IOException, InterruptedException {
        boolean root =
                Files.getFileStore(Path.of("/")).supportsFileAttributeView("unix")
                        && Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        if (!root) {
            return new Account.Ours();
        }
        if (installed("unshare") && succeeds(List.of("unshare", "-U", "true"))) {
            return new Account.Unmapped();
        }
        if (installed("setpriv")) {
            return new Account.Nobody();
        }
        throw new CannotStart(
                "PostgreSQL refuses to run as root, and neither 'unshare' nor 'setpriv' (package"
                        + " util-linux) is there to run it as somebody else.");
    }

    static boolean installed(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .filter(folder -> !folder.isEmpty())
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static boolean succeeds(List<String> command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
