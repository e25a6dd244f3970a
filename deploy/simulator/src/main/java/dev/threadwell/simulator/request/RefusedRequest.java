package dev.threadwell.simulator.request;

/** Carries the error with which a request is refused to the one place that answers it. */
public final class RefusedRequest extends RuntimeException {
    private final transient ApiError error;

    public RefusedRequest(ApiError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    public ApiError error() {
        return error;
    }
}
