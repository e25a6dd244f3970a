package dev.threadwell.containers;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands out the {@link Installation} of two API nodes and two run workers, made once for all test
 * classes.
 */
public final class RunningInstallation implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(RunningInstallation.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Installation.class;
    }

    @Override
    public Installation resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
                .computeIfAbsent(
                        Installation.class,
                        _ -> Installation.start(Versions.USUAL, 2, 2),
                        Installation.class);
    }
}
