package dev.threadwell.outbox;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.groups.UniRetry;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/** Waits for what a pause can cure: a database or a broker that is away and will be back. */
public final class Outages {

    /** SQLSTATE classes: connection, operator intervention, resources, serialization. */
    private static final List<String> PASSING = List.of("08", "57", "53", "40");

    /** Ended waits: for a lock, and of a transaction for its next statement. */
    private static final List<String> ENDED_WAITS = List.of("55P03", "25P03");

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private Outages() {}

    /** The same work, tried again and again until no outage is in its way. */
    public static <T extends @Nullable Object> Uni<T> outlasted(Uni<T> work) {
        return retried(work).indefinitely();
    }

    /** The same work, tried again while an outage is in its way, but for no longer than this. */
    public static <T extends @Nullable Object> Uni<T> outlasted(Uni<T> work, Duration patience) {
        return retried(work).expireIn(patience.toMillis());
    }

    private static <T extends @Nullable Object> UniRetry<T> retried(Uni<T> work) {
        return work.onFailure(Outages::isOutage).retry().withBackOff(FIRST_PAUSE, LONGEST_PAUSE);
    }

    /** Whether the same call may succeed later. */
    private static boolean isOutage(Throwable failure) {
        if (failure instanceof PgException refusal) {
            String state = refusal.getSqlState();
            return state != null
                    && (PASSING.contains(state.substring(0, 2)) || ENDED_WAITS.contains(state));
        }
        return failure instanceof VertxException
                || failure instanceof NoStackTraceThrowable
                || failure instanceof IOException
                || failure instanceof TimeoutException
                || failure instanceof RetriableException;
    }
}
