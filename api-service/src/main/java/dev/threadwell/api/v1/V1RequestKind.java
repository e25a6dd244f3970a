package dev.threadwell.api.v1;

import dev.threadwell.api.http.ApiRequest;
import dev.threadwell.api.routes.PostEffect;
import dev.threadwell.api.routes.Route;
import dev.threadwell.api.validation.ObjectKind;

/** The kinds of v1 requests whose bodies differ from the current version's. */
enum V1RequestKind {
    NEW_ASSISTANT,
    ASSISTANT,
    NEW_THREAD,
    NEW_RUN_WITH_THREAD,
    THREAD,
    NEW_MESSAGE,
    MESSAGE,
    NEW_RUN,
    RUN,
    /** A request whose body, if it has one, is the same in both versions. */
    ANY_OTHER;

    private static final int OBJECT = 3;

    static V1RequestKind of(ApiRequest request) {
        return switch (Route.of(request.http()).effect()) {
            case PostEffect.Creates creates -> creating(creates);
            case PostEffect.Changes changes when changes.action().isEmpty() ->
                    changing(changes.kind());
            case PostEffect.Changes _, PostEffect.Harmless _ -> ANY_OTHER;
            case null -> ANY_OTHER;
        };
    }

    private static V1RequestKind creating(PostEffect.Creates creates) {
        return switch (creates.kind()) {
            case ASSISTANT -> NEW_ASSISTANT;
            case THREAD -> NEW_THREAD;
            case MESSAGE -> NEW_MESSAGE;
            case RUN -> creates.in() == ObjectKind.THREAD ? NEW_RUN_WITH_THREAD : NEW_RUN;
            case STEP, FILE, VECTOR_STORE, FILE_BATCH -> ANY_OTHER;
            case PROJECT, SERVICE_ACCOUNT, API_KEY, ADMIN_KEY, AUDIT_LOG -> ANY_OTHER;
        };
    }

    private static V1RequestKind changing(ObjectKind kind) {
        return switch (kind) {
            case ASSISTANT -> ASSISTANT;
            case THREAD -> THREAD;
            case MESSAGE -> MESSAGE;
            case RUN -> RUN;
            case STEP, FILE, VECTOR_STORE, FILE_BATCH -> ANY_OTHER;
            case PROJECT, SERVICE_ACCOUNT, API_KEY, ADMIN_KEY, AUDIT_LOG -> ANY_OTHER;
        };
    }

    /** The id of the assistant or thread in the path. */
    static String object(ApiRequest request) {
        return request.path().split("/", -1)[OBJECT];
    }
}
