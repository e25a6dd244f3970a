package dev.threadwell.platform.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.groups.UniRetry;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/**
 * Tells failures that pass from those that last, and tries again what failed with one that passes:
 * a database, a broker or another server was away or overloaded, and will be back.
 */
public final class TransientFailures {

    /** SQLSTATE classes: connection lost, transaction rolled back, resources, operator, system. */
    private static final Set<String> CLASSES = Set.of("08", "40", "53", "57", "58");

    /** Lock not available, idle transaction ended, read-only after a failover. */
    private static final Set<String> STATES = Set.of("55P03", "25P03", "25006");

    private static final int CLASS_LENGTH = 2;
    private static final int STATE_LENGTH = 5;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /** Causes can form a circle. */
    private static final int MAX_CAUSES = 20;

    /** What the operating system says of a file system that takes no more. */
    private static final Set<String> FULL =
            Set.of("No space left on device", "Disk quota exceeded");

    /** Failures of input and output that come of the content or of this machine's files. */
    private static final List<Class<? extends IOException>> LASTING =
            List.of(
                    JsonProcessingException.class,
                    CharacterCodingException.class,
                    FileNotFoundException.class,
                    FileSystemException.class);

    private TransientFailures() {}

    /** The same work, tried again and again until no outage is in its way. */
    public static <T extends @Nullable Object> Uni<T> retried(Uni<T> work) {
        return withBackOff(work).indefinitely();
    }

    /** The same work, tried again while an outage is in its way, but for no longer than this. */
    public static <T extends @Nullable Object> Uni<T> retried(Uni<T> work, Duration patience) {
        return withBackOff(work).expireIn(patience.toMillis());
    }

    private static <T extends @Nullable Object> UniRetry<T> withBackOff(Uni<T> work) {
        return work.onFailure(TransientFailures::isOutage)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE);
    }

    /** Whether the same call may succeed later, by the failure, one of its causes or companions. */
    public static boolean isOutage(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (passes(cause)
                    || Stream.of(cause.getSuppressed()).anyMatch(TransientFailures::passes)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static boolean passes(Throwable failure) {
        return switch (failure) {
            case PgException refused -> passes(refused.getSqlState());
            case IOException broken ->
                    LASTING.stream().noneMatch(lasting -> lasting.isInstance(broken))
                            && !isOfFullDisk(broken);
            case VertxException _ -> true;
            case TimeoutException _ -> true;
            case io.smallrye.mutiny.TimeoutException _ -> true;
            case RetriableException _ -> true;
            // Vert.x fails with a bare Throwable when there is only a message to give, as when no
            // connection of the pool becomes free in time. Nobody else does.
            default -> !(failure instanceof Exception) && !(failure instanceof Error);
        };
    }

    private static boolean passes(@Nullable String state) {
        return state != null
                && state.length() == STATE_LENGTH
                && (CLASSES.contains(state.substring(0, CLASS_LENGTH)) || STATES.contains(state));
    }

    private static boolean isOfFullDisk(IOException broken) {
        return broken.getMessage() != null && FULL.contains(broken.getMessage());
    }
}
