package dev.threadwell.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.threadwell.simulator.direction.Fault;
import dev.threadwell.simulator.json.SimulatorJson;
import dev.threadwell.simulator.picture.Picture;
import dev.threadwell.simulator.request.PictureRequest;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.Base64;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Answers one request with a stream of events, as OpenAI does: the picture in progress some times,
 * and then the picture. A picture in progress counts as a token for faults.
 */
final class PictureStream {

    private static final long PAUSE_MILLIS = 100;

    private final Vertx vertx;
    private final HttpServerResponse response;
    private final PictureRequest asked;
    private final @Nullable Fault fault;
    private final Consumer<Boolean> ended;
    private int shown;

    /**
     * @param ended is told whether all was shown
     */
    PictureStream(
            Vertx vertx,
            HttpServerResponse response,
            PictureRequest asked,
            @Nullable Fault fault,
            Consumer<Boolean> ended) {
        this.vertx = vertx;
        this.response = response;
        this.asked = asked;
        this.fault = fault;
        this.ended = ended;
    }

    void begin() {
        response.setChunked(true).putHeader("content-type", "text/event-stream; charset=utf-8");
        next();
    }

    private void next() {
        if (response.closed()) {
            return;
        }
        if (fault instanceof Fault.CutAfter(int tokens) && shown >= tokens) {
            ended.accept(false);
            response.reset();
        } else if (fault instanceof Fault.HangAfter(int tokens) && shown >= tokens) {
            // Nothing more comes; the connection stays open.
            return;
        } else if (shown < asked.partials()) {
            String progress =
                    "%s (%d of %d)".formatted(asked.prompt(), shown + 1, asked.partials());
            write("partial_image", picture(progress).put("partial_image_index", shown));
            shown++;
            vertx.setTimer(PAUSE_MILLIS, _ -> next());
        } else {
            ObjectNode whole = picture(asked.prompt());
            whole.set("usage", Pictures.usage(asked));
            write("completed", whole);
            ended.accept(true);
            response.end();
        }
    }

    private ObjectNode picture(String description) {
        byte[] png = new Picture(description, asked.width(), asked.height()).png();
        return SimulatorJson.object()
                .put("b64_json", Base64.getEncoder().encodeToString(png))
                .put("output_format", "png");
    }

    private void write(String name, ObjectNode data) {
        String event = "image_generation." + name;
        data.put("type", event);
        response.write(
                Buffer.buffer("event: " + event + "\ndata: ")
                        .appendBytes(SimulatorJson.bytes(data))
                        .appendString("\n\n"));
    }
}
