package dev.threadwell.wire;

/** Carries an {@link ApiError} to the exception mapper. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ApiError error;

    ApiException(ApiError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    /** The error for the response. */
    public ApiError error() {
        return error;
    }
}
