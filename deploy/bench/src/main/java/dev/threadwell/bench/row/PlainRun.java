package dev.threadwell.bench.row;

import dev.threadwell.bench.client.ThreadwellClient.Poll;
import dev.threadwell.bench.client.ThreadwellClient.RunId;
import io.vertx.core.Future;

/** A run without streaming, which is created and polled until it is completed. */
final class PlainRun {

    private PlainRun() {}

    static Future<Void> on(Lab lab, String thread) {
        return lab.threadwell()
                .createRun(thread, lab.assistant())
                .compose(id -> untilCompleted(lab, id));
    }

    private static Future<Void> untilCompleted(Lab lab, RunId id) {
        return lab.threadwell().poll(id).compose(poll -> goOn(lab, id, poll));
    }

    private static Future<Void> goOn(Lab lab, RunId id, Poll poll) {
        if (poll.goesOn()) {
            return untilCompleted(lab, id);
        }
        return poll.status().equals("completed")
                ? Future.succeededFuture()
                : Future.failedFuture("%s ended as %s".formatted(id, poll.status()));
    }
}
