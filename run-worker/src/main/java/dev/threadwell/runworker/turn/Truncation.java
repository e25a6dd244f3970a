package dev.threadwell.runworker.turn;

import dev.threadwell.wire.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Truncates a conversation that does not fit into the context window. It keeps the newest pieces,
 * the question that is to be answered and the beginning of the thread, and drops pieces in the
 * middle, each as a whole, so that a call keeps its outputs.
 */
final class Truncation {

    /** What the thread began with gets this part of the room at most. */
    private static final int BEGINNING = 4;

    private final List<Piece> pieces;
    private final PromptTokens tokens;
    private final long[] costs;
    private final boolean[] kept;
    private long left;

    private Truncation(List<Piece> pieces, PromptTokens tokens, long room) {
        this.pieces = pieces;
        this.tokens = tokens;
        this.costs = new long[pieces.size()];
        this.kept = new boolean[pieces.size()];
        this.left = room;
        Arrays.fill(costs, -1);
    }

    /**
     * A part of a conversation in a provider's form.
     *
     * @param counts whether it is one of the messages that {@code last_messages} counts
     * @param question whether it is a message of the user
     */
    record Piece(List<Map<String, Object>> messages, boolean counts, boolean question) {

        /** More than it has tokens. */
        long bytes() {
            return Json.bytes(messages).length;
        }
    }

    /**
     * What is shown.
     *
     * @param fits false if even the question and what followed last take more than there is
     */
    record Shown(List<Piece> pieces, boolean fits) {}

    /** The most recent pieces with so many messages that count. */
    static List<Piece> last(int messages, List<Piece> pieces) {
        int counted = 0;
        for (int i = pieces.size() - 1; i >= 0; i--) {
            counted += pieces.get(i).counts() ? 1 : 0;
            if (counted > messages) {
                return pieces.subList(i + 1, pieces.size());
            }
        }
        return pieces;
    }

    /** Those of these pieces, oldest first, that go into the room. */
    static Shown of(List<Piece> pieces, PromptTokens tokens, long room, boolean withBeginning) {
        if (pieces.isEmpty()) {
            return new Shown(pieces, room >= 0);
        }
        Truncation truncation = new Truncation(pieces, tokens, room);
        truncation.keepWhatIsAsked();
        boolean fits = truncation.left >= 0;
        if (withBeginning) {
            truncation.keepBeginning();
        }
        truncation.keepNewest();
        return new Shown(truncation.shown(), fits);
    }

    private void keepWhatIsAsked() {
        int newest = pieces.size() - 1;
        keep(newest);
        for (int i = newest; i >= 0; i--) {
            if (pieces.get(i).question()) {
                keep(i);
                return;
            }
        }
    }

    private void keepBeginning() {
        long room = left / BEGINNING;
        for (int i = 0; i < pieces.size() && pieces.get(i).counts() && !kept[i]; i++) {
            room -= cost(i);
            if (room < 0) {
                return;
            }
            keep(i);
        }
    }

    private void keepNewest() {
        for (int i = pieces.size() - 1; i >= 0; i--) {
            if (!kept[i]) {
                if (cost(i) > left) {
                    return;
                }
                keep(i);
            }
        }
    }

    private void keep(int i) {
        if (!kept[i]) {
            kept[i] = true;
            left -= cost(i);
        }
    }

    /** Of a piece that does not fit it is only known that it does not. */
    private long cost(int i) {
        if (costs[i] < 0) {
            costs[i] = tokens.of(pieces.get(i).messages(), Math.max(0, left));
        }
        return costs[i];
    }

    private List<Piece> shown() {
        List<Piece> shown = new ArrayList<>();
        for (int i = 0; i < kept.length; i++) {
            if (kept[i]) {
                shown.add(pieces.get(i));
            }
        }
        return shown;
    }
}
