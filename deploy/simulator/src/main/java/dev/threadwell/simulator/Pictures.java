package dev.threadwell.simulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.threadwell.simulator.direction.Direction;
import dev.threadwell.simulator.direction.Directions;
import dev.threadwell.simulator.direction.Fault;
import dev.threadwell.simulator.json.SimulatorJson;
import dev.threadwell.simulator.picture.Picture;
import dev.threadwell.simulator.request.PictureRequest;
import dev.threadwell.simulator.request.RefusedRequest;
import dev.threadwell.simulator.request.RequestError;
import dev.threadwell.simulator.stream.FaultErrors;
import dev.threadwell.simulator.stream.Progress;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Answers requests for pictures with pictures that show their prompts. */
final class Pictures {

    /** Where pictures that are answered by URL can be downloaded; the URL says what they show. */
    static final String PATH = "/simulator/pictures/";

    private static final Pattern LINK =
            Pattern.compile(PATH + "([0-9]{1,4})x([0-9]{1,4})/([A-Za-z0-9_-]*)\\.png");
    private static final String REFUSED_WORD = "refuse";
    private static final int LONGEST_LINKED = 700;
    private static final int MOST_DOTS = 4096;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Vertx vertx;
    private final SharedState state;

    Pictures(Vertx vertx, SharedState state) {
        this.vertx = vertx;
        this.state = state;
    }

    /**
     * Answers with pictures, after the time and with the fault that a direction in the prompt asks
     * for.
     *
     * @param bytes the size of the request
     */
    void make(HttpServerRequest request, ObjectNode body, int bytes) {
        PictureRequest asked = PictureRequest.read(body);
        Direction direction = Directions.of(asked.prompt());
        String prompt = Directions.withoutDirection(asked.prompt());
        var making =
                new Making(
                        request,
                        asked.asking(prompt.isEmpty() ? asked.prompt() : prompt),
                        state.faults().due(direction),
                        state.stats().accepted(body, bytes));
        request.response().closeHandler(_ -> making.clientLeft());
        if (making.fault instanceof Fault.HangBeforeHeaders) {
            return;
        }
        long millis = direction.pace().firstTokenNanos() / NANOS_PER_MILLI;
        if (millis < 1) {
            making.answer();
        } else {
            making.timer = vertx.setTimer(millis, _ -> making.answer());
        }
    }

    /** One request, which is answered once unless its client leaves before. */
    private final class Making {

        private final HttpServerRequest request;
        private final PictureRequest asked;
        private final @Nullable Fault fault;
        private final Progress progress;
        private long timer = -1;
        private boolean over;

        Making(
                HttpServerRequest request,
                PictureRequest asked,
                @Nullable Fault fault,
                Progress progress) {
            this.request = request;
            this.asked = asked;
            this.fault = fault;
            this.progress = progress;
        }

        void clientLeft() {
            if (!over) {
                over = true;
                vertx.cancelTimer(timer);
                progress.aborted();
            }
        }

        /** The stream has shown all, or was cut by its fault. */
        private void ended(boolean whole) {
            over = true;
            if (whole) {
                progress.finished();
            } else {
                progress.faulted();
            }
        }

        void answer() {
            if (over) {
                return;
            }
            over = true;
            HttpServerResponse response = request.response();
            switch (fault) {
                case Fault.Status status -> {
                    progress.faulted();
                    FaultErrors.retryHeaders(status.retryAfterSeconds())
                            .forEach(response::putHeader);
                    refuse(response, FaultErrors.of(status, asked.model()));
                }
                case Fault.Body body -> {
                    progress.faulted();
                    response.setStatusCode(body.status())
                            .putHeader("content-type", body.contentType())
                            .end(body.body());
                }
                case null, default -> {
                    boolean refused =
                            asked.prompt().toLowerCase(Locale.ROOT).contains(REFUSED_WORD);
                    if (asked.stream() && !refused) {
                        over = false;
                        new PictureStream(vertx, response, asked, fault, this::ended).begin();
                        return;
                    }
                    progress.finished();
                    if (refused) {
                        refuse(response, unsafe());
                    } else {
                        response.putHeader("content-type", "application/json")
                                .end(Buffer.buffer(SimulatorJson.bytes(pictures(request, asked))));
                    }
                }
            }
        }
    }

    private static void refuse(HttpServerResponse response, RequestError error) {
        response.setStatusCode(error.status())
                .putHeader("content-type", "application/json")
                .end(Buffer.buffer(error.body()));
    }

    private static RequestError unsafe() {
        return new RequestError(
                400,
                "Your request was rejected by the safety system.",
                "image_generation_user_error",
                null,
                "moderation_blocked");
    }

    private static ObjectNode pictures(HttpServerRequest request, PictureRequest asked) {
        ObjectNode answer = SimulatorJson.object().put("created", Instant.now().getEpochSecond());
        ArrayNode data = answer.putArray("data");
        var picture = new Picture(asked.prompt(), asked.width(), asked.height());
        for (int i = 0; i < asked.count(); i++) {
            if (asked.asUrl()) {
                data.addObject().put("url", url(request, picture));
            } else {
                data.addObject().put("b64_json", Base64.getEncoder().encodeToString(picture.png()));
            }
        }
        answer.set("usage", usage(asked));
        return answer;
    }

    static ObjectNode usage(PictureRequest asked) {
        return SimulatorJson.object()
                .put("input_tokens", asked.prompt().length())
                .put("output_tokens", asked.count())
                .put("total_tokens", asked.prompt().length() + asked.count());
    }

    private static String url(HttpServerRequest request, Picture picture) {
        String text = picture.description();
        String shown =
                text.codePointCount(0, text.length()) > LONGEST_LINKED
                        ? text.substring(0, text.offsetByCodePoints(0, LONGEST_LINKED))
                        : text;
        return "http://%s%s%dx%d/%s.png"
                .formatted(
                        request.authority(),
                        PATH,
                        picture.width(),
                        picture.height(),
                        Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(shown.getBytes(StandardCharsets.UTF_8)));
    }

    /** Shows the picture of a URL. */
    static void show(HttpServerRequest request, String path) {
        Matcher link = LINK.matcher(path);
        if (!link.matches()) {
            throw new RefusedRequest(RequestError.unknownUrl(request.method().name(), path));
        }
        String description =
                new String(Base64.getUrlDecoder().decode(link.group(3)), StandardCharsets.UTF_8);
        var picture =
                new Picture(
                        description,
                        Math.min(MOST_DOTS, Integer.parseInt(link.group(1))),
                        Math.min(MOST_DOTS, Integer.parseInt(link.group(2))));
        request.response().putHeader("content-type", "image/png").end(Buffer.buffer(picture.png()));
    }
}
