package dev.threadwell.platform.metrics;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The closed set of values of a metric's label: whatever is not in it is {@code other}, so that
 * nothing that a client or a provider writes can become a label.
 */
public final class LabelValues {

    /** The value for everything that is not in the set. */
    public static final String OTHER = "other";

    private final Set<String> known;

    private LabelValues(Set<String> known) {
        this.known = known;
    }

    /** The set of these values and {@code other}. */
    public static LabelValues of(Collection<String> known) {
        Set<String> all = new LinkedHashSet<>(known);
        all.add(OTHER);
        return new LabelValues(Set.copyOf(all));
    }

    /** The value itself if it is in the set; {@code other} if not. */
    public String of(@Nullable String value) {
        return value != null && known.contains(value) ? value : OTHER;
    }

    /** All values, {@code other} included. */
    public Set<String> all() {
        return known;
    }
}
