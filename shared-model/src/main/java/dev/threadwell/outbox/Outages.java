package dev.threadwell.outbox;

import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.RetriableException;

/** Tells what a pause can cure: a database or a broker that is away and will be back. */
public final class Outages {

    /** SQLSTATE classes: connection, operator intervention, resources, serialization. */
    private static final List<String> PASSING = List.of("08", "57", "53", "40");

    private Outages() {}

    /** Whether the same call may succeed later. */
    public static boolean isOutage(Throwable failure) {
        if (failure instanceof PgException refusal) {
            String state = refusal.getSqlState();
            return state != null && PASSING.contains(state.substring(0, 2));
        }
        return failure instanceof VertxException
                || failure instanceof NoStackTraceThrowable
                || failure instanceof IOException
                || failure instanceof TimeoutException
                || failure instanceof RetriableException;
    }
}
