package dev.threadwell.api.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.Executor;

/** The Vert.x event loop of a request, as an executor that runs tasks on it. */
public record RequestEventLoop(Context context) implements Executor {

    /** The event loop of the current thread. */
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

    /** Runs the task after this time; the result is the timer's number, for {@link #cancel}. */
    public long after(long millis, Runnable task) {
        return context.owner().setTimer(millis, timer -> execute(task));
    }

    /** Cancels a task that has not run yet. */
    public void cancel(long timer) {
        context.owner().cancelTimer(timer);
    }
}
