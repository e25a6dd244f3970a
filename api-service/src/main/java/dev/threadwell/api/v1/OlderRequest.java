package dev.threadwell.api.v1;

import dev.threadwell.api.http.Call;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.regex.Pattern;

/** What a request of v1 wants, as far as its body differs from the current version's. */
enum OlderRequest {
    NEW_ASSISTANT("/v1/assistants"),
    ASSISTANT("/v1/assistants/[^/]+"),
    NEW_THREAD("/v1/threads"),
    NEW_RUN_WITH_THREAD("/v1/threads/runs"),
    THREAD("/v1/threads/[^/]+"),
    NEW_MESSAGE("/v1/threads/[^/]+/messages"),
    MESSAGE("/v1/threads/[^/]+/messages/[^/]+"),
    NEW_RUN("/v1/threads/[^/]+/runs"),
    RUN("/v1/threads/[^/]+/runs/[^/]+"),
    /** Its body, if there is one, is the same in both. */
    ANY_OTHER(".*");

    private static final int OBJECT = 3;

    private final Pattern path;

    OlderRequest(String path) {
        this.path = Pattern.compile(path);
    }

    static OlderRequest of(Call call) {
        if (!call.http().request().method().equals(HttpMethod.POST)) {
            return ANY_OTHER;
        }
        String path = call.path();
        return List.of(values()).stream()
                .filter(request -> request.path.matcher(path).matches())
                .findFirst()
                .orElse(ANY_OTHER);
    }

    /** The id of the assistant, or of the thread, that the path is under. */
    static String object(Call call) {
        return call.path().split("/", -1)[OBJECT];
    }
}
