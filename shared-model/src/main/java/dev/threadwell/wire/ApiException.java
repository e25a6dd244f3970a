package dev.threadwell.wire;

/** Carries an {@link ApiError} to the one place that answers with it. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ApiError error;

    ApiException(ApiError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    /** What the client is told. */
    public ApiError error() {
        return error;
    }
}
