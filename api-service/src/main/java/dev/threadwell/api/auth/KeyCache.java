package dev.threadwell.api.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Remembers valid keys by their values for some seconds. News of a change make it forget at once;
 * the age of an entry matters only where no news come.
 */
final class KeyCache<K> {

    private static final int REMEMBERED = 10_000;
    private static final Duration TRUSTED = Duration.ofSeconds(10);

    private final Function<String, Uni<@Nullable K>> store;
    private final AtomicLong changes = new AtomicLong();
    private final Cache<String, K> known =
            Caffeine.newBuilder()
                    .maximumSize(REMEMBERED)
                    .expireAfterWrite(TRUSTED)
                    .executor(Runnable::run)
                    .build();

    KeyCache(Function<String, Uni<@Nullable K>> store) {
        this.store = store;
    }

    /** The key with this value; null if there is none. Unknown keys are not remembered. */
    Uni<@Nullable K> find(String value) {
        K before = known.getIfPresent(value);
        if (before != null) {
            return Uni.createFrom().<@Nullable K>item(before);
        }
        long asked = changes.get();
        return store.apply(value).<@Nullable K>map(key -> remembered(value, key, asked));
    }

    /**
     * A key that was looked up before a change may be as it was before it, so it is not remembered:
     * the change has been forgotten already and would not be noticed again.
     */
    private @Nullable K remembered(String value, @Nullable K key, long asked) {
        if (key != null) {
            known.put(value, key);
        }
        if (key == null || changes.get() != asked) {
            known.invalidate(value);
        }
        return key;
    }

    void forget(Predicate<K> changed) {
        changes.incrementAndGet();
        known.asMap().values().removeIf(changed);
    }
}
