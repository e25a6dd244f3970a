package dev.threadwell.runworker.hold;

import dev.threadwell.runworker.turn.Picture;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps the pictures that were fetched last, for a run asks its model more than once. */
final class KeptImages {

    private static final long MOST_CHARACTERS =
            Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 8);

    private static final long LIFETIME_NANOS = Duration.ofMinutes(10).toNanos();

    private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long characters;

    private record Kept(Picture picture, long until) {}

    synchronized @Nullable Picture find(String url) {
        Kept found = kept.get(url);
        return found == null || found.until() - System.nanoTime() <= 0 ? null : found.picture();
    }

    synchronized void keep(String url, Picture picture) {
        Kept before = kept.put(url, new Kept(picture, System.nanoTime() + LIFETIME_NANOS));
        characters +=
                picture.url().length() - (before == null ? 0 : before.picture().url().length());
        Iterator<Kept> eldest = kept.values().iterator();
        while (characters > MOST_CHARACTERS && eldest.hasNext()) {
            characters -= eldest.next().picture().url().length();
            eldest.remove();
        }
    }
}
