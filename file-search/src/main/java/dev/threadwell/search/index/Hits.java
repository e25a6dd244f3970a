package dev.threadwell.search.index;

import dev.threadwell.search.index.ChunkIndex.Hit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Merges the hits of each chunk, from its words and from any of its windows. */
final class Hits {

    private record Place(long fileVersion, int n) {}

    private final Map<Place, Hit> hits = new HashMap<>();

    void byWords(long fileVersion, int n, double share) {
        add(new Hit(fileVersion, n, Math.min(1, share), null));
    }

    void byMeaning(long fileVersion, int n, double cosine) {
        add(new Hit(fileVersion, n, 0, cosine));
    }

    private void add(Hit hit) {
        hits.merge(new Place(hit.fileVersion(), hit.n()), hit, Hits::merged);
    }

    private static Hit merged(Hit one, Hit other) {
        Double a = one.meaning();
        Double b = other.meaning();
        return new Hit(
                one.fileVersion(),
                one.n(),
                Math.max(one.words(), other.words()),
                a == null ? b : b == null ? a : Double.valueOf(Math.max(a, b)));
    }

    List<Hit> all() {
        return List.copyOf(hits.values());
    }
}
