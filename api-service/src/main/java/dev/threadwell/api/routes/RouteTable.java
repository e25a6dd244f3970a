package dev.threadwell.api.routes;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The declarations of all resource classes, to be looked up by method and path. */
public final class RouteTable {

    private final List<Endpoint> endpoints;
    private final List<Area> areas;

    /** Throws if a POST does not declare its effect. */
    public RouteTable(Collection<Class<?>> resources) {
        endpoints =
                resources.stream().flatMap(Endpoint::of).sorted(Endpoint.CLOSEST_FIRST).toList();
        areas = resources.stream().map(Area::of).distinct().toList();
    }

    /** The route of a request with this method and path. */
    public Route find(String method, String requested) {
        String path = withoutSlashesAtTheEnd(requested);
        Route around = Area.at(areas, path);
        return endpoints.stream()
                .filter(endpoint -> endpoint.matches(method, path))
                .findFirst()
                .map(endpoint -> endpoint.in(around))
                .orElse(around);
    }

    /** The path with its variables of the resource for this method and path, or null. */
    @Nullable String template(String method, String requested) {
        String path = withoutSlashesAtTheEnd(requested);
        return endpoints.stream()
                .filter(endpoint -> endpoint.matches(method, path))
                .findFirst()
                .map(Endpoint::template)
                .orElse(null);
    }

    private static String withoutSlashesAtTheEnd(String path) {
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    /** Whether a resource exists for a request with this method and path. */
    public boolean has(String method, String path) {
        return endpoints.stream().anyMatch(endpoint -> endpoint.matches(method, path));
    }

    /** The methods of all resources. */
    public List<Endpoint> endpoints() {
        return endpoints;
    }
}
