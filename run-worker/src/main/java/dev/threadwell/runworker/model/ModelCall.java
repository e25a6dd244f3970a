package dev.threadwell.runworker.model;

import dev.threadwell.runworker.turn.ModelEvent;

/** A sampling under way. */
public interface ModelCall {

    /** Ends it: the connection is closed at once and the listener hears nothing more. */
    void abort();

    /** Hears a sampling, on the Vert.x context that it was started on. */
    interface Listener {

        /** The next piece. */
        void on(ModelEvent event);

        /** The model's stream has ended. */
        void ended();

        /** There is no answer, or no more of it. */
        void failed(ModelFailure failure);
    }
}
