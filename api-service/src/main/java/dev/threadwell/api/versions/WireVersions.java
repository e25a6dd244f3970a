package dev.threadwell.api.versions;

import dev.threadwell.api.http.ResponseHeaders;
import dev.threadwell.api.http.WireVersion;
import dev.threadwell.api.routes.Route;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Selects the version of the API that a request uses. */
@ApplicationScoped
public class WireVersions {

    /** The version that needs no translation. */
    private static final WireVersion CURRENT = new VersionTwo();

    private final Map<String, WireVersion> versions = new LinkedHashMap<>();

    /**
     * The versions that this installation supports.
     *
     * @param older the versions besides the current one
     */
    @Inject
    public WireVersions(@Any Instance<WireVersion> older) {
        versions.put(CURRENT.beta(), CURRENT);
        older.forEach(version -> versions.put(version.beta(), version));
    }

    /**
     * The version that the request asks for; throws if it is not supported or does not have the
     * path.
     */
    public WireVersion of(RoutingContext http) {
        Route route = Route.of(http);
        List<String> headers = http.request().headers().getAll(BetaHeader.NAME);
        String beta = BetaHeader.asked(headers, route.beta() != null, versions.keySet());
        WireVersion version = versions.getOrDefault(beta, CURRENT);
        if (route.newIn() != null && !route.newIn().equals(version.beta())) {
            throw ResponseHeaders.noSuchUrl(http).thrown();
        }
        return version;
    }
}
