package dev.threadwell.flow;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A server of a user: functions are bound to it, and pictures are there. */
final class Endpoint implements AutoCloseable {

    private final HttpServer server;
    private final Function<String, String> function;
    private final List<String> ids = new CopyOnWriteArrayList<>();
    private final CountDownLatch gate;

    /**
     * @param answers from its how-manyth request on the endpoint answers
     */
    Endpoint(String answer, int answers) {
        this(_ -> answer, answers);
    }

    /** An endpoint that makes its answers of what is posted. */
    Endpoint(Function<String, String> function) {
        this(function, 1);
    }

    private Endpoint(Function<String, String> function, int answers) {
        this.function = function;
        gate = new CountDownLatch(1);
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> handle(exchange, answers));
        server.start();
    }

    private void handle(HttpExchange exchange, int answers) throws IOException {
        ids.add(String.valueOf(exchange.getRequestHeaders().getFirst("webhook-id")));
        byte[] posted = exchange.getRequestBody().readAllBytes();
        if (ids.size() < answers) {
            try {
                gate.await(5, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        byte[] body =
                function.apply(new String(posted, StandardCharsets.UTF_8))
                        .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/tides";
    }

    /** The ids of the requests that have come, in their order. */
    List<String> ids() {
        return ids;
    }

    @Override
    public void close() {
        gate.countDown();
        server.stop(0);
    }
}
