package dev.threadwell.runworker.execution;

import dev.threadwell.runworker.turn.TurnOutput;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Output that waits for a save: an immutable list with constant-time append, because a model can
 * write a lot while the database is unavailable.
 */
final class Backlog {

    private final @Nullable Backlog earlier;
    private final List<TurnOutput> output;

    private Backlog(@Nullable Backlog earlier, List<TurnOutput> output) {
        this.earlier = earlier;
        this.output = output;
    }

    static Backlog of(List<TurnOutput> output) {
        return new Backlog(null, List.copyOf(output));
    }

    /** This backlog with more output appended. */
    Backlog with(List<TurnOutput> more) {
        return more.isEmpty() ? this : new Backlog(this, List.copyOf(more));
    }

    /** All output, in order. */
    List<TurnOutput> all() {
        List<List<TurnOutput>> parts = new ArrayList<>();
        for (Backlog part = this; part != null; part = part.earlier) {
            parts.add(part.output);
        }
        Collections.reverse(parts);
        return parts.stream().flatMap(List::stream).toList();
    }
}
