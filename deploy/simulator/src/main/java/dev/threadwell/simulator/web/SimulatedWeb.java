package dev.threadwell.simulator.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.threadwell.simulator.json.SimulatorJson;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * Plays a search engine, by the APIs of SearXNG and of Tavily, and the web that it searches. Words
 * of the query choose what it does: {@code hostile} finds pages that try to do harm, {@code
 * nothing} finds nothing, {@code outage} fails, {@code silence} is never answered.
 */
public final class SimulatedWeb {

    private static final String SEARCH = "/search";
    private static final String ROBOTS = "/robots.txt";

    private static final int MAX_BYTES = 64 * 1024;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int UNAVAILABLE = 503;

    private final HostilePages hostile;

    public SimulatedWeb(Vertx vertx) {
        hostile = new HostilePages(vertx);
    }

    /** A page as the engine lists it. */
    record Listed(String path, String title, String content) {}

    private static final List<Listed> TIDES =
            List.of(
                    new Listed(
                            "/pages/tides.html",
                            "Tide table of Brest",
                            "Low water in Brest is tomorrow at 06:42, high water at 12:58."),
                    new Listed(
                            "/pages/ferry.html",
                            "The ferry to Ouessant",
                            "The ferry leaves Brest at 08:30 and waits for the tide."));

    /** Whether this path is part of the web. */
    public static boolean serves(String path) {
        return path.equals(SEARCH) || path.equals(ROBOTS) || path.startsWith("/pages/");
    }

    /** Answers a request for a path of the web. */
    public void handle(HttpServerRequest request) {
        String path = String.valueOf(request.path());
        switch (path) {
            case SEARCH -> search(request);
            case ROBOTS -> text(request, "text/plain", "User-agent: *\nDisallow: /pages/private\n");
            case "/pages/tides.html" -> text(request, "text/html", Pages.TIDES);
            case "/pages/ferry.html" -> text(request, "text/html", Pages.FERRY);
            default -> hostile.serve(request, path);
        }
    }

    static void text(HttpServerRequest request, String type, String text) {
        request.response().putHeader("content-type", type + "; charset=utf-8").end(text);
    }

    private void search(HttpServerRequest request) {
        if (request.method().equals(HttpMethod.GET)) {
            if (request.getParam("format", "html").equals("json")) {
                answer(request, request.getParam("q", ""), request.getParam("pageno", "1"));
            } else {
                refuse(request, FORBIDDEN);
            }
            return;
        }
        String key = request.getHeader("authorization");
        if (key == null || !key.startsWith("Bearer ")) {
            refuse(request, UNAUTHORIZED);
            return;
        }
        Buffer body = Buffer.buffer();
        request.handler(
                piece -> {
                    if (body.length() + piece.length() <= MAX_BYTES) {
                        body.appendBuffer(piece);
                    }
                });
        request.endHandler(_ -> answer(request, body));
    }

    private void answer(HttpServerRequest request, Buffer body) {
        try {
            JsonNode asked = SimulatorJson.read(body.getBytes());
            answer(request, asked.path("query").asText(""), "1");
        } catch (IOException e) {
            refuse(request, 400);
        }
    }

    private static void refuse(HttpServerRequest request, int status) {
        request.response().setStatusCode(status).end();
    }

    private static void answer(HttpServerRequest request, String query, String page) {
        String words = query.toLowerCase(Locale.ROOT);
        if (words.contains("silence")) {
            return;
        }
        if (words.contains("outage")) {
            refuse(request, UNAVAILABLE);
            return;
        }
        ObjectNode answer = SimulatorJson.object().put("query", query);
        ArrayNode results = answer.putArray("results");
        if (page.equals("1") && !words.contains("nothing")) {
            List<Listed> found = words.contains("hostile") ? HostilePages.LISTED : TIDES;
            String base = "http://" + request.getHeader("host");
            for (int i = 0; i < found.size(); i++) {
                Listed one = found.get(i);
                results.addObject()
                        .put("url", base + one.path())
                        .put("title", one.title())
                        .put("content", one.content())
                        .put("score", 1.0 / (i + 1));
            }
        }
        request.response()
                .putHeader("content-type", "application/json")
                .end(Buffer.buffer(SimulatorJson.bytes(answer)));
    }
}
