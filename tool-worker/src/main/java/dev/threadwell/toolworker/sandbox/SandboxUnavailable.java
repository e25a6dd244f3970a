package dev.threadwell.toolworker.sandbox;

/** There can be no sandbox here; the message says why, and what would help. */
public class SandboxUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1;

    public SandboxUnavailable(String message) {
        super(message);
    }
}
