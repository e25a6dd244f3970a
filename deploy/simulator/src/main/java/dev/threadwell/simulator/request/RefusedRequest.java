package dev.threadwell.simulator.request;

/** Carries the error with which a request is refused to the one place that answers it. */
public final class RefusedRequest extends RuntimeException {
    private final transient ApiError error;
    private final transient byte[] body;

    public RefusedRequest(ApiError error) {
        this(error, error.body());
    }

    /** A refusal in the form of another provider than OpenAI. */
    public RefusedRequest(ApiError error, byte[] body) {
        super(error.message(), null, false, false);
        this.error = error;
        this.body = body.clone();
    }

    public ApiError error() {
        return error;
    }

    public byte[] body() {
        return body.clone();
    }
}
