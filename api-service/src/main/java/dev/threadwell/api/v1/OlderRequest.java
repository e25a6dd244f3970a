package dev.threadwell.api.v1;

import dev.threadwell.api.http.Call;
import dev.threadwell.api.routes.Effect;
import dev.threadwell.api.routes.Route;
import dev.threadwell.api.validation.Kind;

/** The kinds of v1 requests whose bodies differ from the current version's. */
enum OlderRequest {
    NEW_ASSISTANT,
    ASSISTANT,
    NEW_THREAD,
    NEW_RUN_WITH_THREAD,
    THREAD,
    NEW_MESSAGE,
    MESSAGE,
    NEW_RUN,
    RUN,
    /** Its body, if there is one, is the same in both. */
    ANY_OTHER;

    private static final int OBJECT = 3;

    static OlderRequest of(Call call) {
        return switch (Route.of(call.http()).effect()) {
            case Effect.Creates creates -> creating(creates);
            case Effect.Changes changes when changes.action().isEmpty() -> changing(changes.kind());
            case Effect.Changes _, Effect.Harmless _ -> ANY_OTHER;
            case null -> ANY_OTHER;
        };
    }

    private static OlderRequest creating(Effect.Creates creates) {
        return switch (creates.kind()) {
            case ASSISTANT -> NEW_ASSISTANT;
            case THREAD -> NEW_THREAD;
            case MESSAGE -> NEW_MESSAGE;
            case RUN -> creates.in() == Kind.THREAD ? NEW_RUN_WITH_THREAD : NEW_RUN;
            case STEP, FILE, VECTOR_STORE, FILE_BATCH -> ANY_OTHER;
        };
    }

    private static OlderRequest changing(Kind kind) {
        return switch (kind) {
            case ASSISTANT -> ASSISTANT;
            case THREAD -> THREAD;
            case MESSAGE -> MESSAGE;
            case RUN -> RUN;
            case STEP, FILE, VECTOR_STORE, FILE_BATCH -> ANY_OTHER;
        };
    }

    /** The id of the assistant, or of the thread, that the path is under. */
    static String object(Call call) {
        return call.path().split("/", -1)[OBJECT];
    }
}
