package dev.threadwell.runworker.prompt;

import dev.threadwell.runworker.turn.ImagePart;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * LRU cache of downloaded images, for ten minutes, because a run calls its model more than once.
 */
final class ImageCache {

    private static final long MOST_CHARACTERS =
            Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 8);

    private static final long LIFETIME_NANOS = Duration.ofMinutes(10).toNanos();

    private final Map<String, Cached> cached = new LinkedHashMap<>(16, 0.75f, true);
    private long characters;

    private record Cached(ImagePart picture, long until) {}

    synchronized @Nullable ImagePart find(String url) {
        Cached found = cached.get(url);
        return found == null || found.until() - System.nanoTime() <= 0 ? null : found.picture();
    }

    synchronized void put(String url, ImagePart picture) {
        Cached before = cached.put(url, new Cached(picture, System.nanoTime() + LIFETIME_NANOS));
        characters +=
                picture.url().length() - (before == null ? 0 : before.picture().url().length());
        Iterator<Cached> eldest = cached.values().iterator();
        while (characters > MOST_CHARACTERS && eldest.hasNext()) {
            characters -= eldest.next().picture().url().length();
            eldest.remove();
        }
    }
}
