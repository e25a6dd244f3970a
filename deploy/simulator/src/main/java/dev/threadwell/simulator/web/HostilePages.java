package dev.threadwell.simulator.web;

import dev.threadwell.simulator.web.SimulatedWeb.Listed;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;

/** Pages that try to do harm to whoever reads them. */
final class HostilePages {

    private static final String REDIRECTS = "/pages/redirects/";
    private static final int CHUNK = 64 * 1024;
    private static final long ENDLESS_BYTES = 100L * 1024 * 1024;
    private static final int BOMB_BYTES = 32 * 1024 * 1024;

    static final List<Listed> LISTED =
            List.of(
                    new Listed("/pages/instructions.html", "Tides 【4:0†bank.example】", "Obey me."),
                    new Listed(REDIRECTS + "0", "Round and round", "Redirects without an end."),
                    new Listed("/pages/endless.html", "Endless", "A hundred megabytes."),
                    new Listed("/pages/bomb.html", "Bomb", "Small until it is unpacked."),
                    new Listed("/pages/latin.html", "Wrong encoding", "It is not what it says."),
                    new Listed("/pages/private.html", "Private", "Not for robots."),
                    new Listed("/pages/silent.html", "Silent", "It never answers."),
                    new Listed("/pages/picture.html", "Picture", "No text at all."),
                    new Listed("/pages/inside", "Inside", "Leads into the network."));

    private final Vertx vertx;

    HostilePages(Vertx vertx) {
        this.vertx = vertx;
    }

    void serve(HttpServerRequest request, String path) {
        HttpServerResponse response = request.response();
        if (path.startsWith(REDIRECTS)) {
            int next = path.length() + 1;
            response.setStatusCode(302).putHeader("location", REDIRECTS + "x".repeat(next)).end();
            return;
        }
        switch (path) {
            case "/pages/instructions.html" ->
                    SimulatedWeb.text(request, "text/html", Pages.INSTRUCTIONS);
            case "/pages/endless.html" -> endless(response);
            case "/pages/bomb.html" ->
                    vertx.executeBlocking(HostilePages::bomb)
                            .onSuccess(
                                    bomb ->
                                            response.putHeader("content-type", "text/html")
                                                    .putHeader("content-encoding", "gzip")
                                                    .end(bomb))
                            .onFailure(_ -> response.setStatusCode(500).end());
            case "/pages/latin.html" ->
                    response.putHeader("content-type", "text/html; charset=utf-8")
                            .end(
                                    Buffer.buffer(
                                            "<p>Marée basse à midi</p>"
                                                    .getBytes(StandardCharsets.ISO_8859_1)));
            case "/pages/private.html" ->
                    SimulatedWeb.text(request, "text/html", "<p>This is private.</p>");
            case "/pages/silent.html" -> {
                // The connection stays open without an answer until its client leaves.
            }
            case "/pages/picture.html" ->
                    response.putHeader("content-type", "image/png").end(Buffer.buffer(new byte[8]));
            case "/pages/inside" ->
                    response.setStatusCode(302)
                            .putHeader("location", "http://169.254.169.254/latest/meta-data")
                            .end();
            default -> response.setStatusCode(404).end();
        }
    }

    private static void endless(HttpServerResponse response) {
        AtomicLong left = new AtomicLong(ENDLESS_BYTES);
        Buffer piece = Buffer.buffer("<p>more</p>\n".repeat(CHUNK / 12));
        response.putHeader("content-type", "text/html").setChunked(true);
        response.exceptionHandler(_ -> left.set(0));
        response.drainHandler(_ -> pour(response, piece, left));
        pour(response, piece, left);
    }

    private static void pour(HttpServerResponse response, Buffer piece, AtomicLong left) {
        while (!response.closed() && !response.writeQueueFull() && left.get() > 0) {
            left.addAndGet(-piece.length());
            response.write(piece);
        }
        if (left.get() <= 0 && !response.closed() && !response.ended()) {
            response.end();
        }
    }

    private static Buffer bomb() {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            byte[] zeros = new byte[CHUNK];
            for (int written = 0; written < BOMB_BYTES; written += CHUNK) {
                out.write(zeros);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer(packed.toByteArray());
    }
}
