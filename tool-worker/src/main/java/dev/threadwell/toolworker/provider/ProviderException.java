package dev.threadwell.toolworker.provider;

/** A provider could not be asked, or its response could not be read. */
public final class ProviderException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Without a stack trace: the failure is the provider's. */
    ProviderException(String why) {
        super(why, null, false, false);
    }

    /**
     * The reason as a clause with the provider as its subject, e.g. {@code it cannot be reached}.
     */
    public String why() {
        return String.valueOf(getMessage());
    }
}
