package dev.threadwell.mcp;

import dev.threadwell.wire.Json;
import dev.threadwell.wire.JsonWeight;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps the lists of the servers that were asked last. */
final class McpLists {

    private static final int MOST = 500;
    private static final long PARTS_OF_HEAP = 16;
    private static final long MOST_WEIGHT = Runtime.getRuntime().maxMemory() / PARTS_OF_HEAP;

    private final Map<Key, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long weight;

    /** A server, and as whom it is asked. */
    record Key(String projectId, String url, @Nullable String secretId) {}

    private record Kept(List<McpFunction> list, long until, long weight) {}

    /** The list that is kept, or a new one, which is kept if it is there. */
    Uni<List<McpFunction>> get(Key key, Duration lifetime, Supplier<Uni<List<McpFunction>>> asked) {
        return Uni.createFrom()
                .deferred(
                        () -> {
                            List<McpFunction> found = find(key);
                            return found == null
                                    ? asked.get().invoke(list -> keep(key, list, lifetime))
                                    : Uni.createFrom().item(found);
                        });
    }

    private synchronized @Nullable List<McpFunction> find(Key key) {
        Kept found = kept.get(key);
        return found == null || found.until() - System.nanoTime() <= 0 ? null : found.list();
    }

    private synchronized void keep(Key key, List<McpFunction> list, Duration lifetime) {
        Kept added =
                new Kept(
                        list,
                        System.nanoTime() + lifetime.toNanos(),
                        JsonWeight.of(Json.bytes(list)));
        Kept before = kept.put(key, added);
        weight += added.weight() - (before == null ? 0 : before.weight());
        Iterator<Kept> eldest = kept.values().iterator();
        while ((kept.size() > MOST || weight > MOST_WEIGHT) && eldest.hasNext()) {
            weight -= eldest.next().weight();
            eldest.remove();
        }
    }
}
