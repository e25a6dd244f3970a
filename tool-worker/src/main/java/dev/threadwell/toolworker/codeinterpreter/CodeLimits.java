package dev.threadwell.toolworker.codeinterpreter;

/**
 * What comes out of a session at a time.
 *
 * @param logChars of all that a call prints
 * @param pictures that a call draws
 * @param pictureBytes of all of them
 * @param diskBytes of all files
 */
record CodeLimits(int logChars, int pictures, int pictureBytes, long diskBytes) {

    /** Kept free for a traceback and a few words of our own, behind whatever was printed. */
    static final int TRACEBACK_CHARS = 10_000;
}
