package dev.threadwell.runworker.turn;

import dev.threadwell.wire.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Truncates a conversation that does not fit into the context window. Keeps the newest pieces, the
 * latest question and the beginning of the thread, and drops whole pieces in the middle, so that a
 * call is never separated from its outputs.
 */
final class Truncation {

    /** The beginning of the thread gets at most one fourth of the remaining room. */
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
     * A part of a conversation that is kept or dropped as a whole, as messages of chat completions.
     *
     * @param counts whether it is one of the messages that {@code last_messages} counts
     * @param question whether it is a message of the user
     */
    record Piece(List<Map<String, Object>> messages, boolean counts, boolean question) {

        /** The size in bytes, an upper bound of the number of tokens. */
        long bytes() {
            return Json.bytes(messages).length;
        }
    }

    /**
     * The result of the truncation.
     *
     * @param fits false if even the latest question and the newest piece do not fit
     */
    record Shown(List<Piece> pieces, boolean fits) {}

    /** The newest pieces, with at most this many counting messages. */
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

    /** The pieces, oldest first, that fit into this many tokens. */
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

    /**
     * The tokens of the piece; for a piece that does not fit, any number above the remaining room.
     */
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
