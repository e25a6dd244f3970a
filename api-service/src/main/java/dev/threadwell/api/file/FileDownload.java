package dev.threadwell.api.file;

import dev.threadwell.api.http.ResponseHeaders;
import dev.threadwell.file.FileObject;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jboss.logging.Logger;

/** Streams a file to a client with back-pressure. */
record FileDownload(RoutingContext http, FileObject file, Multi<Buffer> bytes) {

    private static final Logger LOG = Logger.getLogger(FileDownload.class);

    void begin() {
        HttpServerResponse response = http.response();
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/octet-stream")
                .putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(file.bytes()))
                .putHeader(HttpHeaders.CONTENT_DISPOSITION, disposition(file.filename()));
        if (http.request().method().equals(HttpMethod.HEAD)) {
            response.end();
            return;
        }
        bytes.onItem()
                .transformToUniAndConcatenate(piece -> written(response, piece))
                .subscribe()
                .with(written -> {}, this::broken, response::end);
    }

    private static Uni<Void> written(HttpServerResponse response, Buffer piece) {
        return Uni.createFrom().completionStage(() -> response.write(piece).toCompletionStage());
    }

    /**
     * After the response head is sent, only a closed connection tells the client that bytes are
     * missing.
     */
    private void broken(Throwable why) {
        HttpServerResponse response = http.response();
        if (response.closed()) {
            return;
        }
        if (!response.headWritten()) {
            response.headers().remove(HttpHeaders.CONTENT_LENGTH);
            response.headers().remove(HttpHeaders.CONTENT_DISPOSITION);
            ResponseHeaders.fail(http, why);
            return;
        }
        LOG.errorf(why, "download broken fileId=%s", file.id());
        http.request().connection().close();
    }

    private static String disposition(String filename) {
        String plain = filename.replaceAll("[^ !#-\\[\\]-~]", "_");
        String encoded =
                URLEncoder.encode(filename, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("*", "%2A");
        return plain.equals(filename)
                ? "attachment; filename=\"%s\"".formatted(plain)
                : "attachment; filename=\"%s\"; filename*=UTF-8''%s".formatted(plain, encoded);
    }
}
