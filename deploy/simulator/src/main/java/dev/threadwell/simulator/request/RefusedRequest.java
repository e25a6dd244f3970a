package dev.threadwell.simulator.request;

/** Thrown to reject a request with an error response. */
public final class RefusedRequest extends RuntimeException {
    private final transient RequestError error;
    private final transient byte[] body;

    public RefusedRequest(RequestError error) {
        this(error, error.body());
    }

    /** A rejection with a body in the form of a provider other than OpenAI. */
    public RefusedRequest(RequestError error, byte[] body) {
        super(error.message(), null, false, false);
        this.error = error;
        this.body = body.clone();
    }

    public RequestError error() {
        return error;
    }

    public byte[] body() {
        return body.clone();
    }
}
