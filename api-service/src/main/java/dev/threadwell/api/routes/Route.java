package dev.threadwell.api.routes;

import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a request from its method and path alone. The part that resource classes declare
 * is known of every path below theirs, whether or not there is a resource for it.
 *
 * @param effect what a POST does; null for other methods and for paths that there are not
 * @param takesForm whether its body may be a multipart form
 * @param streamsBody whether its resource reads the body itself, whatever it is
 * @param beta the beta that the client has to ask for, if any
 * @param newIn the first version of the API that has the path; null if all have it
 * @param quirks how its answers differ from others
 */
public record Route(
        @Nullable PostEffect effect,
        boolean takesForm,
        boolean streamsBody,
        @Nullable String beta,
        @Nullable String newIn,
        Set<Quirk> quirks) {

    /** Of a path that nobody has declared anything about. */
    public static final Route UNKNOWN = new Route(null, false, false, null, null, Set.of());

    private static final String KEY = "threadwell.route";

    /** The route of a request that has entered. */
    public static Route of(RoutingContext http) {
        Route route = http.get(KEY);
        return route == null ? UNKNOWN : route;
    }

    /** Keeps the route with its request; one that is sent on to another path gets another. */
    public void keep(RoutingContext http) {
        http.put(KEY, this);
    }

    /** Whether the answers have this difference. */
    public boolean has(Quirk quirk) {
        return quirks.contains(quirk);
    }
}
