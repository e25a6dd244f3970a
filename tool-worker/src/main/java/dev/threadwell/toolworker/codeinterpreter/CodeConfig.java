package dev.threadwell.toolworker.codeinterpreter;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How code is executed. */
@ConfigMapping(prefix = "threadwell.code-interpreter")
public interface CodeConfig {

    /** Whether code is executed at all. */
    @WithDefault("true")
    boolean enabled();

    /** What keeps code apart. */
    enum Kind {
        /** Bubblewrap, on the worker's own machine. */
        BUBBLEWRAP,
        /** A pod a session, on the worker's cluster. */
        KUBERNETES
    }

    /** What keeps the code of a session apart: {@code bubblewrap} or {@code kubernetes}. */
    @WithDefault("bubblewrap")
    Kind sandbox();

    /** How many sessions a worker keeps; the one that has been idle longest makes room. */
    @WithDefault("16")
    int sessions();

    /** How many sessions wait, with everything loaded, for a thread that needs one. */
    @WithDefault("1")
    int warmSessions();

    /** After how long without a call a session ends. */
    @WithDefault("1h")
    Duration idle();

    /** How long a call may take; less if its run expires before. */
    @WithDefault("2m")
    Duration timeLimit();

    /** How long code may resist being stopped before its session is ended with it. */
    @WithDefault("2s")
    Duration grace();

    /** The memory of a session, its files included. */
    @WithDefault("1073741824")
    long memoryBytes();

    /** How much of its memory the files of a session may take up. */
    @WithDefault("268435456")
    long diskBytes();

    /** How many files, directories and links a session may have. */
    @WithDefault("10000")
    int files();

    /** How many processes and threads a session may have at a time. */
    @WithDefault("64")
    int processes();

    /** The processor time that a process of a session may use up in its life. */
    @WithDefault("1h")
    Duration cpu();

    /** How many characters of what a call prints are kept. */
    @WithDefault("65536")
    int logChars();

    /** How many pictures of a call are kept. */
    @WithDefault("20")
    int pictures();

    /** How many bytes all pictures of a call may have. */
    @WithDefault("8388608")
    int pictureBytes();

    /** Up to how many bytes all files of a project together may have for code to add to them. */
    @WithDefault("107374182400")
    long projectBytes();

    /** How many of the files that a call writes become file objects. */
    @WithDefault("20")
    int madeFiles();
}
