package dev.threadwell.api.entry;

import dev.threadwell.api.http.Call;
import dev.threadwell.assistant.Assistant;
import dev.threadwell.assistant.Tool;
import dev.threadwell.run.Run;
import dev.threadwell.wire.Page;
import io.vertx.ext.web.RoutingContext;

/** Takes out of an answer what clients of the original do not know. */
final class Shown {

    private Shown() {}

    /** The answer; what functions are bound to is in it if the request asks for it. */
    static Object of(RoutingContext http, Object value) {
        return of(Call.extensions(http), value);
    }

    private static Object of(boolean bindings, Object value) {
        return switch (value) {
            case Assistant assistant ->
                    assistant.withTools(Tool.shown(assistant.tools(), bindings));
            case Run run -> run.withTools(Tool.shown(run.tools(), bindings));
            case Page<?> page -> page(bindings, page);
            default -> value;
        };
    }

    private static <T> Page<Object> page(boolean bindings, Page<T> page) {
        return new Page<>(
                page.object(),
                page.data().stream().map(item -> of(bindings, (Object) item)).toList(),
                page.firstId(),
                page.lastId(),
                page.hasMore());
    }
}
