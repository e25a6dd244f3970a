package dev.threadwell.toolworker.sandbox;

/** No sandbox can be started here; the message says why and what would help. */
public class SandboxUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1;

    public SandboxUnavailable(String message) {
        super(message);
    }
}
