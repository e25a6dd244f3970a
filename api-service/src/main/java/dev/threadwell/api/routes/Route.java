package dev.threadwell.api.routes;

import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a request from its method and path alone. The declarations of resource
 * classes apply to every path below theirs, whether or not a resource exists there.
 *
 * @param effect what a POST does; null for other methods and for unknown paths
 * @param takesForm whether the body may be a multipart form
 * @param streamsBody whether the resource reads the body itself, whatever its type
 * @param beta the beta that the client has to ask for; null if there is none
 * @param newIn the first version of the API that has the path; null if all have it
 * @param quirks how the answers differ from others
 */
public record Route(
        @Nullable PostEffect effect,
        boolean takesForm,
        boolean streamsBody,
        @Nullable String beta,
        @Nullable String newIn,
        Set<AnswerQuirk> quirks) {

    /** The route of a path without any declarations. */
    public static final Route UNKNOWN = new Route(null, false, false, null, null, Set.of());

    private static final String KEY = "threadwell.route";

    /** The route of a request that has passed the HTTP entry. */
    public static Route of(RoutingContext http) {
        Route route = http.get(KEY);
        return route == null ? UNKNOWN : route;
    }

    /** Attaches the route to its request; a rerouted request gets another one. */
    public void keep(RoutingContext http) {
        http.put(KEY, this);
    }

    /** Whether the answers have this difference. */
    public boolean has(AnswerQuirk quirk) {
        return quirks.contains(quirk);
    }
}
