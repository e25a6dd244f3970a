package dev.threadwell.runworker.model;

import dev.threadwell.runworker.turn.ModelEvent;

/** A running sampling. */
public interface ModelCall {

    /** Aborts the sampling: closes the connection at once, and calls the listener no more. */
    void abort();

    /** Receives the events of a sampling, on the Vert.x context that it was started on. */
    interface Listener {

        /** The next piece of the answer. */
        void on(ModelEvent event);

        /** The model's stream has ended without an error. */
        void ended();

        /** The sampling has failed, before or after the first piece. */
        void failed(ModelFailure failure);
    }
}
