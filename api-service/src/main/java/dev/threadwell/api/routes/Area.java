package dev.threadwell.api.routes;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The declarations of a resource class that hold for every path below its own.
 *
 * @param prefix the path up to its first variable
 */
record Area(String prefix, @Nullable String beta, @Nullable String newIn, Set<AnswerQuirk> quirks) {

    static Area of(Class<?> resource) {
        String path = Endpoint.base(resource);
        int variable = path.indexOf("/{");
        Beta beta = resource.getAnnotation(Beta.class);
        NewIn newIn = resource.getAnnotation(NewIn.class);
        Quirks quirks = resource.getAnnotation(Quirks.class);
        return new Area(
                variable < 0 ? path : path.substring(0, variable),
                beta == null ? null : beta.value(),
                newIn == null ? null : newIn.value(),
                quirks == null ? Set.of() : Set.of(quirks.value()));
    }

    private boolean holds(String path) {
        return path.equals(prefix) || path.startsWith(prefix + "/");
    }

    /** The combined declarations of these areas for a path. */
    static Route at(Collection<Area> areas, String path) {
        String beta = null;
        String newIn = null;
        Set<AnswerQuirk> quirks = EnumSet.noneOf(AnswerQuirk.class);
        for (Area area : areas) {
            if (area.holds(path)) {
                beta = beta == null ? area.beta() : beta;
                newIn = newIn == null ? area.newIn() : newIn;
                quirks.addAll(area.quirks());
            }
        }
        return new Route(null, false, false, beta, newIn, quirks);
    }
}
