package dev.threadwell.toolworker.codeinterpreter;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the code interpreter. */
@ConfigMapping(prefix = "threadwell.code-interpreter")
public interface CodeConfig {

    /** Whether code is executed at all. */
    @WithDefault("true")
    boolean enabled();

    /** The kinds of isolation. */
    enum Kind {
        /** Bubblewrap, on the worker's own machine. */
        BUBBLEWRAP,
        /** One pod per session, on the worker's cluster. */
        KUBERNETES
    }

    /** How sessions are isolated: {@code bubblewrap} or {@code kubernetes}. */
    @WithDefault("bubblewrap")
    Kind sandbox();

    /**
     * Maximum number of sessions of a worker; the one that has been idle longest is ended first.
     */
    @WithDefault("16")
    int sessions();

    /** Number of warm sessions, with all libraries loaded, for threads without a session. */
    @WithDefault("1")
    int warmSessions();

    /** Idle time after which a session ends. */
    @WithDefault("1h")
    Duration idle();

    /** Time limit of a call; shorter if its run expires earlier. */
    @WithDefault("2m")
    Duration timeLimit();

    /** How long interrupted code may go on before its session is killed. */
    @WithDefault("2s")
    Duration grace();

    /** Memory of a session, including its files. */
    @WithDefault("1073741824")
    long memoryBytes();

    /** Maximum memory for the files of a session. */
    @WithDefault("268435456")
    long diskBytes();

    /** Maximum number of files, directories and links of a session. */
    @WithDefault("10000")
    int files();

    /** Maximum number of concurrent processes and threads of a session. */
    @WithDefault("64")
    int processes();

    /** Maximum CPU time of each process of a session. */
    @WithDefault("1h")
    Duration cpu();

    /** Maximum number of printed characters of a call that are kept. */
    @WithDefault("65536")
    int logChars();

    /** Maximum number of images of a call that are kept. */
    @WithDefault("20")
    int pictures();

    /** Maximum size of all images of a call together, in bytes. */
    @WithDefault("8388608")
    int pictureBytes();

    /** Total size of a project's files, in bytes, from which on code cannot add files. */
    @WithDefault("107374182400")
    long projectBytes();

    /** Maximum number of files of a call that become file objects. */
    @WithDefault("20")
    int madeFiles();
}
