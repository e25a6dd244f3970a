package dev.threadwell.simulator;

import dev.threadwell.simulator.direction.Direction;
import dev.threadwell.simulator.direction.Fault;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts, per key, how often a limited fault has occurred. Bounded: the oldest keys are evicted.
 */
final class FaultCounts {
    private static final int MOST_KEYS = 10_000;

    private final Map<String, Integer> happened =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
                    return size() > MOST_KEYS;
                }
            };

    /** Returns the direction's fault if it is due for this request, and counts its occurrence. */
    synchronized @Nullable Fault due(Direction direction) {
        Direction.Occurrence occurrence = direction.occurrence();
        if (occurrence == null) {
            return direction.fault();
        }
        int before = happened.getOrDefault(occurrence.key(), 0);
        if (before >= occurrence.times()) {
            return null;
        }
        happened.put(occurrence.key(), before + 1);
        return direction.fault();
    }

    synchronized void reset() {
        happened.clear();
    }
}
