package dev.threadwell.toolworker.codeinterpreter;

import java.time.Duration;

/**
 * Limits on what one call may return from a session.
 *
 * @param logChars the maximum number of characters that a call prints
 * @param pictures the maximum number of pictures that a call draws
 * @param pictureBytes the maximum size of all its pictures together
 * @param diskBytes the maximum size of all its files together
 * @param grace how long code may resist being stopped before the session is killed
 */
record CodeLimits(int logChars, int pictures, int pictureBytes, long diskBytes, Duration grace) {

    /** Reserved after the printed output for a traceback and a few words of our own. */
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
