package dev.threadwell.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.threadwell.simulator.answer.ModelAnswer;
import dev.threadwell.simulator.answer.SimulatedIds;
import dev.threadwell.simulator.direction.Direction;
import dev.threadwell.simulator.direction.Directions;
import dev.threadwell.simulator.direction.Parts;
import dev.threadwell.simulator.json.SimulatorJson;
import dev.threadwell.simulator.request.ChatRequest;
import dev.threadwell.simulator.request.RefusedRequest;
import dev.threadwell.simulator.request.RequestError;
import dev.threadwell.simulator.request.RequestReader;
import dev.threadwell.simulator.stream.Completion;
import dev.threadwell.simulator.stream.Performance;
import dev.threadwell.simulator.web.SimulatedWeb;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.time.Instant;

/** Routes each HTTP request by its path and writes the response. */
final class Endpoints implements Handler<HttpServerRequest> {
    private static final System.Logger LOG = System.getLogger(Endpoints.class.getName());
    private static final String MODELS = "/v1/models";

    private final Vertx vertx;
    private final SharedState state;
    private final Pictures pictures;
    private final SimulatedWeb web;

    Endpoints(Vertx vertx, SharedState state) {
        this.vertx = vertx;
        this.state = state;
        this.pictures = new Pictures(vertx, state);
        this.web = new SimulatedWeb(vertx);
    }

    @Override
    public void handle(HttpServerRequest request) {
        request.response()
                .putHeader("server", "threadwell-simulator")
                .putHeader("x-request-id", SimulatedIds.next("req_"));
        try {
            route(request);
        } catch (RuntimeException failure) {
            fail(request, failure);
        }
    }

    private void route(HttpServerRequest request) {
        String path = request.path();
        switch (path) {
            case "/v1/chat/completions" -> {
                only(request, HttpMethod.POST);
                RequestBody.of(request)
                        .onSuccess(body -> complete(request, body))
                        .onFailure(failure -> fail(request, failure));
            }
            case "/v1/embeddings" -> {
                only(request, HttpMethod.POST);
                RequestBody.of(request)
                        .onSuccess(body -> embed(request, body))
                        .onFailure(failure -> fail(request, failure));
            }
            case "/v1/images/generations" -> {
                only(request, HttpMethod.POST);
                RequestBody.of(request)
                        .onSuccess(body -> draw(request, body))
                        .onFailure(failure -> fail(request, failure));
            }
            case "/v1/images/edits" -> {
                only(request, HttpMethod.POST);
                PictureForm.of(request)
                        .onSuccess(form -> draw(request, Buffer.buffer(SimulatorJson.bytes(form))))
                        .onFailure(failure -> fail(request, failure));
            }
            case "/simulator/stats" -> stats(request);
            case "/simulator/parts" -> {
                only(request, HttpMethod.PUT);
                RequestBody.of(request)
                        .onSuccess(body -> learn(request, body))
                        .onFailure(failure -> fail(request, failure));
            }
            case MODELS -> {
                only(request, HttpMethod.GET);
                send(request, SimulatorJson.bytes(Models.list()));
            }
            case String known when SimulatedWeb.serves(known) -> web.handle(request);
            case null, default -> named(request, String.valueOf(path));
        }
    }

    private void named(HttpServerRequest request, String path) {
        if (path.startsWith(Pictures.PATH)) {
            only(request, HttpMethod.GET);
            Pictures.show(request, path);
            return;
        }
        if (!path.startsWith(MODELS + "/")) {
            throw new RefusedRequest(RequestError.unknownUrl(request.method().name(), path));
        }
        only(request, HttpMethod.GET);
        send(request, SimulatorJson.bytes(Models.named(path.substring(MODELS.length() + 1))));
    }

    private void stats(HttpServerRequest request) {
        if (request.method().equals(HttpMethod.DELETE)) {
            state.reset();
            request.response().setStatusCode(204).end();
            return;
        }
        only(request, HttpMethod.GET);
        String containing = request.getParam("contains", "");
        send(request, SimulatorJson.ascii(state.stats().object(containing)));
    }

    private void learn(HttpServerRequest request, Buffer bytes) {
        try {
            state.learn(Parts.read(json(bytes)));
            request.response().setStatusCode(204).end();
        } catch (RuntimeException failure) {
            fail(request, failure);
        }
    }

    private void complete(HttpServerRequest request, Buffer bytes) {
        ObjectNode body = null;
        try {
            body = object(bytes);
            perform(request, body, bytes.length());
        } catch (RefusedRequest refused) {
            state.stats().refused(body, bytes.length(), refused.error().message());
            fail(request, refused);
        } catch (RuntimeException failure) {
            fail(request, failure);
        }
    }

    private static void embed(HttpServerRequest request, Buffer bytes) {
        try {
            send(request, SimulatorJson.bytes(Embeddings.of(object(bytes))));
        } catch (RuntimeException failure) {
            fail(request, failure);
        }
    }

    private void draw(HttpServerRequest request, Buffer bytes) {
        try {
            pictures.make(request, object(bytes), bytes.length());
        } catch (RuntimeException failure) {
            fail(request, failure);
        }
    }

    private void perform(HttpServerRequest request, ObjectNode body, int bytes) {
        ChatRequest chat = RequestReader.read(body);
        Direction direction = Directions.forNextSampling(chat, state.parts());
        DialectRules.check(body, direction.dialect());
        var completion =
                new Completion(
                        SimulatedIds.next("chatcmpl-"),
                        Instant.now().getEpochSecond(),
                        chat,
                        direction,
                        ModelAnswer.to(chat, direction),
                        state.faults().due(direction));
        Performance.of(vertx, request, completion, state.stats().accepted(body, bytes)).begin();
    }

    private static ObjectNode object(Buffer bytes) {
        if (json(bytes) instanceof ObjectNode object) {
            return object;
        }
        throw new RefusedRequest(RequestError.notJson());
    }

    private static JsonNode json(Buffer bytes) {
        try {
            return SimulatorJson.read(bytes.getBytes());
        } catch (IOException notJson) {
            LOG.log(System.Logger.Level.DEBUG, "A request is not JSON", notJson);
            throw new RefusedRequest(RequestError.notJson());
        }
    }

    private static void only(HttpServerRequest request, HttpMethod method) {
        if (!request.method().equals(method)) {
            throw new RefusedRequest(
                    RequestError.wrongMethod(
                            request.method().name(), String.valueOf(request.path())));
        }
    }

    private static void fail(HttpServerRequest request, Throwable failure) {
        if (request.response().closed() || request.response().headWritten()) {
            return;
        }
        if (failure instanceof RefusedRequest refused) {
            request.response().setStatusCode(refused.error().status());
            send(request, refused.body());
        } else {
            LOG.log(System.Logger.Level.ERROR, "A request failed", failure);
            send(request, RequestError.internal());
        }
    }

    private static void send(HttpServerRequest request, RequestError error) {
        request.response().setStatusCode(error.status());
        send(request, error.body());
    }

    private static void send(HttpServerRequest request, byte[] json) {
        request.response().putHeader("content-type", "application/json").end(Buffer.buffer(json));
    }
}
