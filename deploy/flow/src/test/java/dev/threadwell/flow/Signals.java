package dev.threadwell.flow;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Sends signals to processes. */
final class Signals {

    private Signals() {}

    /** Sends a signal; to a process that has ended meanwhile there is none to send. */
    static void send(String signal, ProcessHandle process) {
        try {
            int code =
                    new ProcessBuilder("kill", signal, String.valueOf(process.pid()))
                            .start()
                            .waitFor();
            if (code != 0 && process.isAlive()) {
                throw new AssertionError("kill " + signal + " ended with " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
