package dev.threadwell.runworker.turn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Assigns the pieces of a streamed answer to its tool calls. Providers differ: ids and names arrive
 * late, empty, in every piece or never; indexes are missing, or 0 for all calls.
 *
 * <p>A piece belongs to the latest call at its index, unless it must be the beginning of another
 * call: it has another id and a name, or it begins new arguments although those of the call are
 * complete.
 */
final class CallMatching {

    /** Upper limit of the calls of one answer; a provider that sends more is considered broken. */
    private static final int MOST_CALLS = 1_000;

    private final List<String> offered;
    private final List<String> prefixes;
    private final List<CallInProgress> inOrder = new ArrayList<>();
    private final Map<Integer, CallInProgress> latestByIndex = new HashMap<>();
    private final Map<Integer, CallInProgress> latestByPlace = new HashMap<>();
    private final Map<String, CallInProgress> latestById = new HashMap<>();
    private final Set<String> ids = new HashSet<>();
    private boolean tooMany;

    /**
     * @param offered the known names that the model can call
     * @param prefixes the prefixes of all other names
     */
    CallMatching(List<String> offered, List<String> prefixes) {
        this.offered = offered;
        this.prefixes = prefixes;
    }

    List<CallInProgress> calls() {
        return inOrder;
    }

    boolean tooMany() {
        return tooMany;
    }

    /**
     * The call that this piece belongs to, with its name and id updated; null if there are too many
     * calls.
     */
    @Nullable CallInProgress callOf(ModelEvent.Call piece) {
        String id = given(piece.id());
        String given = given(piece.name());
        String name = given == null ? null : given.strip();
        CallInProgress call = known(piece, id);
        if (call == null || isAnother(call, piece, id, name)) {
            if (inOrder.size() == MOST_CALLS) {
                tooMany = true;
                return null;
            }
            call = begun();
        }
        (piece.indexed() ? latestByIndex : latestByPlace).put(piece.index(), call);
        if (id != null) {
            call.identify(id, ids.contains(id));
            ids.add(call.id());
            latestById.put(id, call);
        }
        if (name != null && (!call.hasArguments() || call.nameSoFar().isEmpty())) {
            call.rename(named(call.nameSoFar(), name));
        }
        return call;
    }

    private CallInProgress begun() {
        if (!inOrder.isEmpty()) {
            inOrder.getLast().closeJson();
        }
        CallInProgress call = new CallInProgress();
        inOrder.add(call);
        return call;
    }

    private @Nullable CallInProgress known(ModelEvent.Call piece, @Nullable String id) {
        if (piece.indexed()) {
            return latestByIndex.get(piece.index());
        }
        CallInProgress byId = id == null ? null : latestById.get(id);
        CallInProgress known = byId == null ? latestByPlace.get(piece.index()) : byId;
        return known == null && piece.index() == 0 && !inOrder.isEmpty()
                ? inOrder.getLast()
                : known;
    }

    private boolean isAnother(
            CallInProgress call,
            ModelEvent.Call piece,
            @Nullable String id,
            @Nullable String name) {
        boolean sameId = id != null && id.equals(call.givenId());
        boolean otherId = id != null && call.givenId() != null && !sameId;
        if (name == null) {
            // The name may arrive later. A changed id alone does not mean a new call: some
            // providers send another id with every piece.
            return otherId && call.hasWholeArguments() && piece.arguments().isBlank();
        }
        if (otherId) {
            return true;
        }
        if (call.hasWholeArguments() && !piece.arguments().isBlank()) {
            return !(sameId && (call.repeats(piece) || call.hasPlaceholder()));
        }
        return !sameId && !call.nameSoFar().isEmpty() && !goesOn(call, name);
    }

    /** Whether the name repeats or completes the name of the call. */
    private boolean goesOn(CallInProgress call, String name) {
        return name.equals(call.nameSoFar())
                || !call.hasArguments() && isCompleted(call.nameSoFar(), name);
    }

    /** The name after this piece, which is the whole name again or the next part of it. */
    private String named(String before, String now) {
        if (now.startsWith(before)) {
            return now;
        }
        return isCompleted(before, now) ? before + now : before;
    }

    private boolean isCompleted(String before, String now) {
        return !isOffered(before) || isBeginning(before + now) && !isOffered(now);
    }

    /** Whether the name is final. */
    boolean isNameSure(CallInProgress call) {
        return call.hasArguments()
                || call != inOrder.getLast()
                || isOffered(call.nameSoFar()) && !mayGoOn(call.nameSoFar());
    }

    private boolean isOffered(String name) {
        return offered.contains(name) || hasPrefix(name);
    }

    private boolean hasPrefix(String name) {
        return prefixes.stream().anyMatch(name::startsWith);
    }

    private boolean isBeginning(String name) {
        return hasPrefix(name) || offered.stream().anyMatch(one -> one.startsWith(name));
    }

    private boolean mayGoOn(String name) {
        return hasPrefix(name)
                || offered.stream().anyMatch(one -> one.startsWith(name) && !one.equals(name));
    }

    private static @Nullable String given(@Nullable String value) {
        return value == null || value.isBlank() ? null : value;
    }

    /** Ends all calls, and removes those without a name and arguments. */
    void end() {
        inOrder.forEach(CallInProgress::close);
        inOrder.removeIf(call -> call.name().isBlank() && call.arguments().isBlank());
    }
}
