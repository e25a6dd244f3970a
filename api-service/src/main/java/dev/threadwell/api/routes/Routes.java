package dev.threadwell.api.routes;

import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The routes of this process, read from its resource classes once at the start. */
@ApplicationScoped
public class Routes {

    private final RouteTable table;

    @Inject
    Routes(BeanManager beans) {
        table = new RouteTable(resources(beans));
    }

    private static Set<Class<?>> resources(BeanManager beans) {
        return beans.getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .<Class<?>>map(Bean::getBeanClass)
                .filter(type -> type.isAnnotationPresent(Path.class))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The route of a request. */
    public Route of(RoutingContext http) {
        return table.find(http.request().method().name(), path(http));
    }

    /** The paths of all resources, with their variables. */
    Set<String> templates() {
        return table.endpoints().stream().map(Endpoint::template).collect(Collectors.toSet());
    }

    /** The path of the request's route with its variables; null if no resource has it. */
    public @Nullable String template(RoutingContext http) {
        return table.template(http.request().method().name(), path(http));
    }

    /** The path, normalized; as it was sent if its percent-encoding is wrong. */
    private static String path(RoutingContext http) {
        try {
            return http.normalizedPath();
        } catch (IllegalArgumentException notEncoded) {
            String path = http.request().path();
            return path == null ? http.request().uri() : path;
        }
    }
}
