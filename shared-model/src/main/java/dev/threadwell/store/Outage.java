package dev.threadwell.store;

import io.netty.channel.ConnectTimeoutException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Tells whether something failed because the database was not there, or not able to do it now. */
public final class Outage {

    private static final int MAX_CAUSES = 20;

    /** What Vert.x says when no connection of the pool becomes free in time. */
    private static final String NO_CONNECTION = "Timeout";

    /** Classes of SQL states: connection lost, resources lacking, operator, system. */
    private static final Set<String> CLASSES = Set.of("08", "53", "57", "58");

    /** Serialization failure, deadlock, lock not available, read-only after a failover. */
    private static final Set<String> STATES = Set.of("40001", "40P01", "55P03", "25006");

    private Outage() {}

    /** Whether the failure, or what it comes of, is one that passes. */
    public static boolean isCauseOf(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (isOne(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static boolean isOne(Throwable failure) {
        return switch (failure) {
            case PgException refused -> isPassing(refused.getSqlState());
            case ClosedConnectionException _ -> true;
            case ConnectTimeoutException _ -> true;
            case TimeoutException _ -> true;
            case IOException lost -> isOfNetwork(lost);
            default -> NO_CONNECTION.equals(failure.getMessage());
        };
    }

    private static boolean isPassing(@Nullable String state) {
        return state != null
                && (STATES.contains(state)
                        || (state.length() == 5 && CLASSES.contains(state.substring(0, 2))));
    }

    private static boolean isOfNetwork(IOException lost) {
        String type = lost.getClass().getPackageName();
        return type.equals("java.net")
                || type.startsWith("io.netty")
                || type.equals("java.nio.channels")
                || "Connection reset by peer".equals(lost.getMessage())
                || "Connection reset".equals(lost.getMessage())
                || "Broken pipe".equals(lost.getMessage());
    }
}
