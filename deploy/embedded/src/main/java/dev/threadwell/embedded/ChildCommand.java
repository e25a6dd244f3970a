package dev.threadwell.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Prefixes a command so that the child process ends when its parent does.
 *
 * <p>The child runs in its own session, so that Ctrl-C in a terminal reaches only the parent, which
 * stops its children in the right order. Where {@code setpriv} is installed, the kernel signals the
 * child when the <em>thread</em> that started it ends, so start it from a thread that lives as long
 * as the child.
 */
public final class ChildCommand {

    /** The conventional uid and gid of the user nobody. */
    private static final String NOBODY = "65534";

    private ChildCommand() {}

    /** The command, bound to the life of the thread that starts it. */
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

    /** The account under which to run programs that refuse to run as root. */
    sealed interface Account {
        /** This process is not root, so the program runs under the same account. */
        record Ours() implements Account {}

        /** Root runs the program in a new user namespace, where root is mapped to nobody. */
        record Unmapped() implements Account {}

        /** Root runs the program as nobody, who must own the files. */
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

        /** Makes the account the owner of the files. */
        default void own(Path... paths) throws IOException {
            if (this instanceof Nobody) {
                for (Path path : paths) {
                    Files.setAttribute(path, "unix:uid", Integer.parseInt(NOBODY));
                }
            }
        }
    }

    /** Chooses an account under which this process can run a program without root privileges. */
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
