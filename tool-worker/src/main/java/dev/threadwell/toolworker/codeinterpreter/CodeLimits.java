package dev.threadwell.toolworker.codeinterpreter;

import java.time.Duration;

/**
 * What comes out of a session at a time.
 *
 * @param logChars of all that a call prints
 * @param pictures that a call draws
 * @param pictureBytes of all of them
 * @param diskBytes of all files
 * @param grace how long code may resist being stopped before everything is
 */
record CodeLimits(int logChars, int pictures, int pictureBytes, long diskBytes, Duration grace) {

    /** Kept free for a traceback and a few words of our own, behind whatever was printed. */
    static final int TRACEBACK_CHARS = 10_000;

    static CodeLimits of(CodeConfig config) {
        return new CodeLimits(
                config.logChars(),
                config.pictures(),
                config.pictureBytes(),
                config.diskBytes(),
                config.grace());
    }
}
