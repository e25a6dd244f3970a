package dev.threadwell.clients;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands out the {@link Target}, which a test class has for itself until it ends. */
public final class RunningThreadwell implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(RunningThreadwell.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Target.class;
    }

    @Override
    public Target resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Targets targets =
                context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
                        .computeIfAbsent(Targets.class, _ -> new Targets(), Targets.class);
        return ofClass(context)
                .getStore(NAMESPACE)
                .computeIfAbsent(Targets.Lease.class, _ -> targets.lease(), Targets.Lease.class)
                .target();
    }

    private static ExtensionContext ofClass(ExtensionContext context) {
        ExtensionContext found = context;
        while (found.getTestMethod().isPresent()) {
            found = found.getParent().orElseThrow();
        }
        return found;
    }
}
