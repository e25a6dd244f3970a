package dev.threadwell.api.connection;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Limits the server to HTTP/1.1. With support for cleartext HTTP/2, the HTTP decoder would not be
 * installed yet when the first bytes reach {@link ConnectionGuard}.
 */
@ApplicationScoped
public class PlainHttp implements HttpServerOptionsCustomizer {

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setHttp2ClearTextEnabled(false);
    }
}
