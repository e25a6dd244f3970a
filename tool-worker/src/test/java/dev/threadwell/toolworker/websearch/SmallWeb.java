package dev.threadwell.toolworker.websearch;

import dev.threadwell.search.embedding.Embedder;
import dev.threadwell.toolworker.ingestion.DocumentReader;
import dev.threadwell.toolworker.ingestion.Extraction;
import dev.threadwell.vectorstore.Chunk;
import dev.threadwell.vectorstore.Vectors;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Fixture: a web of one server, with the ports of the search replaced by simple ones. */
final class SmallWeb implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, Handler<HttpServerRequest>> pages = new LinkedHashMap<>();

    /** The paths that were asked for, with their queries. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    SmallWeb(Vertx vertx) {
        server =
                vertx.createHttpServer()
                        .requestHandler(this::answer)
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
    }

    private void answer(HttpServerRequest request) {
        asked.add(request.uri());
        Handler<HttpServerRequest> page = pages.get(request.path());
        if (page == null) {
            request.response().setStatusCode(404).end();
        } else {
            page.handle(request);
        }
    }

    SmallWeb with(String path, Handler<HttpServerRequest> page) {
        pages.put(path, page);
        return this;
    }

    SmallWeb page(String path, String html) {
        return with(path, r -> r.response().putHeader("content-type", "text/html").end(html));
    }

    String base() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Takes the tags out of HTML. */
    static DocumentReader reader() {
        return new DocumentReader() {
            @Override
            public Extraction read(String extension, byte[] document) {
                String html = new String(document, StandardCharsets.UTF_8);
                return Extraction.text(html.replaceAll("<[^>]*>", "\n"));
            }

            @Override
            public boolean available() {
                return true;
            }
        };
    }

    /** Finds texts with the word "tide" near to any query. */
    static Embedder embedder() {
        return new Embedder() {
            @Override
            public List<Chunk> embedded(List<Chunk> chunks) {
                List<Chunk> embedded = new ArrayList<>();
                chunks.forEach(chunk -> embedded.add(chunk.with(vectors(chunk.text()))));
                return embedded;
            }

            private Vectors vectors(String text) {
                float near = text.contains("tide") ? 1 : 0;
                return new Vectors("words", List.of(new float[] {near, 1 - near}));
            }

            @Override
            public Vectors query(String text) {
                return new Vectors("words", List.of(new float[] {1, 0}));
            }
        };
    }

    /** Settings with this engine and these limits. */
    record Config(
            Optional<Engine> engine,
            Optional<URI> baseUrl,
            Optional<String> apiKey,
            Duration engineTimeout,
            Duration pageTimeout,
            int pageBytes,
            Duration timeout)
            implements WebSearchConfig {

        static Config of(Engine engine, String baseUrl) {
            return new Config(
                    Optional.of(engine),
                    Optional.of(URI.create(baseUrl)),
                    Optional.of("tvly-secret"),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(1),
                    100_000,
                    Duration.ofMinutes(2));
        }

        @Override
        public long cacheBytes() {
            return 1_000_000;
        }

        @Override
        public Duration cacheTime() {
            return Duration.ofMinutes(10);
        }

        Config impatient() {
            return new Config(
                    engine,
                    baseUrl,
                    apiKey,
                    Duration.ofMillis(300),
                    Duration.ofMillis(300),
                    pageBytes,
                    Duration.ofMinutes(2));
        }
    }
}
