package dev.threadwell.flow;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands out the {@link Installation}, started once for all test classes of this JVM. */
public final class RunningInstallation implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(RunningInstallation.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Installation.class;
    }

    @Override
    public Installation resolveParameter(ParameterContext parameter, ExtensionContext context) {
        // Each class may be an execution of its own, as may a repetition: all are one session.
        return context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
                .computeIfAbsent(Installation.class, _ -> Installation.start(), Installation.class);
    }
}
