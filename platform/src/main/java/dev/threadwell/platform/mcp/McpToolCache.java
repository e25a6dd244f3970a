package dev.threadwell.platform.mcp;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.threadwell.wire.Json;
import dev.threadwell.wire.JsonMemoryEstimate;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Caches the tool lists of MCP servers, bounded by age and by memory. */
final class McpToolCache {

    private static final int MOST = 500;
    private static final long PARTS_OF_HEAP = 16;

    private final Cache<Key, List<McpFunction>> kept;

    /** A server and the credentials for it. */
    record Key(String projectId, String url, @Nullable String secretId) {}

    /** Creates a cache whose entries expire after this time. */
    McpToolCache(Duration lifetime) {
        this(lifetime, Runtime.getRuntime().maxMemory() / PARTS_OF_HEAP, Ticker.systemTicker());
    }

    McpToolCache(Duration lifetime, long maxWeight, Ticker ticker) {
        // Each list has a minimum weight, so that there are never more than MOST lists.
        long least = Math.max(1, maxWeight / MOST);
        this.kept =
                Caffeine.newBuilder()
                        .expireAfterWrite(lifetime)
                        .maximumWeight(maxWeight)
                        .<Key, List<McpFunction>>weigher(
                                (_, list) ->
                                        Math.clamp(
                                                Math.max(least, weight(list)),
                                                1,
                                                Integer.MAX_VALUE))
                        .executor(Runnable::run)
                        .ticker(ticker)
                        .build();
    }

    private static long weight(List<McpFunction> list) {
        return JsonMemoryEstimate.of(Json.bytes(list));
    }

    /** The cached list, or else a new one, which is cached if the request succeeds. */
    Uni<List<McpFunction>> get(Key key, Supplier<Uni<List<McpFunction>>> asked) {
        return Uni.createFrom()
                .deferred(
                        () -> {
                            List<McpFunction> found = kept.getIfPresent(key);
                            return found == null
                                    ? asked.get().invoke(list -> kept.put(key, list))
                                    : Uni.createFrom().item(found);
                        });
    }

    /** The number of cached lists. */
    long size() {
        kept.cleanUp();
        return kept.estimatedSize();
    }
}
