package dev.threadwell.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.groups.UniRetry;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
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

    /** Causes can form a circle. */
    private static final int DEEPEST_CAUSE = 10;

    /** Failures of input and output that are about the content, and that no pause cures. */
    private static final List<Class<? extends IOException>> LASTING =
            List.of(
                    JsonProcessingException.class,
                    CharacterCodingException.class,
                    FileNotFoundException.class,
                    NoSuchFileException.class);

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

    /**
     * Whether the same call may succeed later, because the failure or one of its causes is that a
     * server of ours was away.
     */
    public static boolean isOutage(Throwable failure) {
        Throwable one = failure;
        for (int depth = 0; one != null && depth < DEEPEST_CAUSE; depth++) {
            if (passes(one) || Stream.of(one.getSuppressed()).anyMatch(Outages::passes)) {
                return true;
            }
            one = one.getCause();
        }
        return false;
    }

    private static boolean passes(Throwable failure) {
        if (failure instanceof PgException refusal) {
            String state = refusal.getSqlState();
            return state != null
                    && (PASSING.contains(state.substring(0, 2)) || ENDED_WAITS.contains(state));
        }
        if (failure instanceof IOException) {
            return LASTING.stream().noneMatch(lasting -> lasting.isInstance(failure));
        }
        return failure instanceof VertxException
                || failure instanceof NoStackTraceThrowable
                || failure instanceof TimeoutException
                || failure instanceof io.smallrye.mutiny.TimeoutException
                || failure instanceof RetriableException;
    }
}
