package dev.threadwell.api.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.Executor;

/** The Vert.x event loop that a request is handled on, as an executor to come back to it. */
public record RequestEventLoop(Context context) implements Executor {

    /** The one that this is called on. */
    public static RequestEventLoop current() {
        Context context = Vertx.currentContext();
        if (context == null) {
            throw new IllegalStateException("not on an event loop");
        }
        return new RequestEventLoop(context);
    }

    @Override
    public void execute(Runnable task) {
        context.runOnContext(tick -> task.run());
    }

    /** Runs the task after this time; the number cancels it. */
    public long after(long millis, Runnable task) {
        return context.owner().setTimer(millis, timer -> execute(task));
    }

    /** Cancels a task that has not run yet. */
    public void cancel(long timer) {
        context.owner().cancelTimer(timer);
    }
}
