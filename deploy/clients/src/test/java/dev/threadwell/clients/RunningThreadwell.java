package dev.threadwell.clients;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands out the {@link Target}: the one that the system properties {@code threadwell.test.base-url}
 * and {@code threadwell.test.api-key} name, else a standalone that is started once for all test
 * classes.
 */
public final class RunningThreadwell implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(RunningThreadwell.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Target.class;
    }

    @Override
    public Target resolveParameter(ParameterContext parameter, ExtensionContext context) {
        String baseUrl = System.getProperty("threadwell.test.base-url", "");
        if (!baseUrl.isBlank()) {
            return new Target(baseUrl, System.getProperty("threadwell.test.api-key", ""));
        }
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Standalone.class, _ -> Standalone.up(), Standalone.class)
                .target();
    }
}
