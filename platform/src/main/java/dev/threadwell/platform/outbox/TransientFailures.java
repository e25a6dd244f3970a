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
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes transient failures from permanent ones and retries after transient ones: a
 * database, a broker or another server was away or overloaded.
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

    /** Bounds the walk through the causes, because they can form a cycle. */
    private static final int MAX_CAUSES = 20;

    /** The operating system's messages for a full file system; more attempts do not help. */
    private static final Set<String> FULL =
            Set.of("No space left on device", "Disk quota exceeded");

    /** I/O failures that are permanent, because the content or a local file causes them. */
    private static final List<Class<? extends IOException>> LASTING =
            List.of(
                    JsonProcessingException.class,
                    CharacterCodingException.class,
                    FileNotFoundException.class,
                    FileSystemException.class);

    private TransientFailures() {}

    /** Retries the work after transient failures, with back-off and without limit. */
    public static <T extends @Nullable Object> Uni<T> retried(Uni<T> work) {
        return withBackOff(work, TransientFailures::isOutage).indefinitely();
    }

    /** Retries the work after transient failures, with back-off, for up to this time. */
    public static <T extends @Nullable Object> Uni<T> retried(Uni<T> work, Duration patience) {
        return withBackOff(work, TransientFailures::isOutage).expireIn(patience.toMillis());
    }

    /** Retries the work after any failure, with back-off; the caller adds for how long. */
    public static <T extends @Nullable Object> UniRetry<T> afterAnyFailure(Uni<T> work) {
        return withBackOff(work, _ -> true);
    }

    private static <T extends @Nullable Object> UniRetry<T> withBackOff(
            Uni<T> work, Predicate<? super Throwable> failures) {
        return work.onFailure(failures).retry().withBackOff(FIRST_PAUSE, LONGEST_PAUSE);
    }

    /**
     * Whether a retry may succeed: the failure, one of its causes or a suppressed one is transient.
     */
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
            // Vert.x fails with a bare Throwable when it has only a message, e.g. when no
            // connection of the pool becomes free in time. No other code does that.
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
