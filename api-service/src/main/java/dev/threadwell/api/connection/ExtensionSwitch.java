package dev.threadwell.api.connection;

import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.spi.VertxServiceProvider;

/**
 * Enables Netty's search for {@link ConnectionExtension}, which is off by default. Vert.x calls
 * this when it starts, before the first connection of the process.
 */
public final class ExtensionSwitch implements VertxServiceProvider {

    private static final String PROPERTY = "io.netty.bootstrap.extensions";

    @Override
    public void init(VertxBuilder builder) {
        if (System.getProperty(PROPERTY) == null) {
            System.setProperty(PROPERTY, "serviceload");
        }
    }
}
