package dev.threadwell.runworker.execution;

import dev.threadwell.runworker.turn.TurnOutput;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Output that waits for a save, as an immutable list whose appending costs the same however long it
 * is: a model can say a lot while the database is away.
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

    /** This and more behind it. */
    Backlog with(List<TurnOutput> more) {
        return more.isEmpty() ? this : new Backlog(this, List.copyOf(more));
    }

    /** All of it, in its order. */
    List<TurnOutput> all() {
        List<List<TurnOutput>> parts = new ArrayList<>();
        for (Backlog part = this; part != null; part = part.earlier) {
            parts.add(part.output);
        }
        Collections.reverse(parts);
        return parts.stream().flatMap(List::stream).toList();
    }
}
