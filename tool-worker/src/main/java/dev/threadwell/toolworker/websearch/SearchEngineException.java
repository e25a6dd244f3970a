package dev.threadwell.toolworker.websearch;

/** The search engine is not there or failed. */
final class SearchEngineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean temporary;

    /**
     * Creates a failure.
     *
     * @param why a sentence for the model, without secrets and addresses
     * @param temporary whether it is worth asking again
     */
    SearchEngineException(String why, boolean temporary) {
        super(why);
        this.temporary = temporary;
    }

    boolean temporary() {
        return temporary;
    }
}
