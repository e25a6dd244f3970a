package dev.threadwell.api.migration;

import dev.threadwell.api.http.ResponseHeaders;
import dev.threadwell.wire.PublicJson;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jboss.logging.Logger;

/** Streams a project's objects to a client as JSON lines, with back-pressure. */
record ExportStream(RoutingContext http, Multi<List<PublicJson>> objects) {

    static final String TYPE = "application/x-ndjson";

    private static final Logger LOG = Logger.getLogger(ExportStream.class);

    void begin() {
        HttpServerResponse response = http.response();
        response.putHeader(HttpHeaders.CONTENT_TYPE, TYPE).setChunked(true);
        if (http.request().method().equals(HttpMethod.HEAD)) {
            response.end();
            return;
        }
        objects.onItem()
                .transformToUniAndConcatenate(this::written)
                .subscribe()
                .with(written -> {}, this::broken, response::end);
    }

    private Uni<Void> written(List<PublicJson> page) {
        if (page.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Buffer lines = Buffer.buffer();
        page.forEach(object -> lines.appendBytes(object.bytes()).appendString("\n"));
        return Uni.createFrom()
                .completionStage(() -> http.response().write(lines).toCompletionStage());
    }

    /**
     * After the response head is sent, only a closed connection tells the client that objects are
     * missing.
     */
    private void broken(Throwable why) {
        HttpServerResponse response = http.response();
        if (response.closed()) {
            return;
        }
        if (!response.headWritten()) {
            response.setChunked(false);
            ResponseHeaders.fail(http, why);
            return;
        }
        LOG.errorf(why, "export broken");
        http.request().connection().close();
    }
}
