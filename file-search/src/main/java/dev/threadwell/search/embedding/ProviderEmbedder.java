package dev.threadwell.search.embedding;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.vectorstore.Chunk;
import dev.threadwell.vectorstore.Vectors;
import dev.threadwell.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Computes embeddings by the {@code /embeddings} endpoint of an OpenAI-compatible provider. */
final class ProviderEmbedder implements Embedder {

    private static final int AT_ONCE = 64;
    private static final int ATTEMPTS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(10))
                    .build();
    private final URI address;
    private final Optional<String> key;
    private final String model;
    private final Optional<Integer> dimensions;

    ProviderEmbedder(
            String baseUrl, Optional<String> key, String model, Optional<Integer> dimensions) {
        this.address = URI.create(baseUrl.replaceAll("/+$", "") + "/embeddings");
        this.key = key;
        this.model = model;
        this.dimensions = dimensions;
    }

    @Override
    public List<Chunk> embedded(List<Chunk> chunks) {
        List<Chunk> embedded = new ArrayList<>(chunks.size());
        for (int from = 0; from < chunks.size(); from += AT_ONCE) {
            List<Chunk> some = chunks.subList(from, Math.min(from + AT_ONCE, chunks.size()));
            List<float[]> vectors = vectors(some.stream().map(Chunk::text).toList());
            for (int i = 0; i < some.size(); i++) {
                embedded.add(some.get(i).with(new Vectors(space(), List.of(vectors.get(i)))));
            }
        }
        return embedded;
    }

    @Override
    public Vectors query(String text) {
        return new Vectors(space(), vectors(List.of(text)));
    }

    /**
     * The vector space: includes the number of dimensions, because vectors of different sizes
     * cannot be compared.
     */
    private String space() {
        return dimensions.map(size -> model + "/" + size).orElse(model);
    }

    private List<float[]> vectors(List<String> texts) {
        HttpRequest request = request(texts);
        Duration pause = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            String problem;
            try {
                HttpResponse<byte[]> answer =
                        http.send(request, HttpResponse.BodyHandlers.ofByteArray());
                if (answer.statusCode() == 200) {
                    return read(answer.body(), texts.size());
                }
                problem = "status " + answer.statusCode();
                if (answer.statusCode() != 429 && answer.statusCode() < 500) {
                    throw new IllegalStateException("no embeddings: " + problem);
                }
            } catch (IOException e) {
                problem = e.toString();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
            if (attempt == ATTEMPTS) {
                throw new IllegalStateException("no embeddings: " + problem);
            }
            pause(pause);
            pause = pause.multipliedBy(2);
        }
    }

    private HttpRequest request(List<String> texts) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("model", model);
        body.put("input", texts);
        body.put("encoding_format", "float");
        dimensions.ifPresent(size -> body.put("dimensions", size));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address)
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)));
        key.ifPresent(k -> request.header("Authorization", "Bearer " + k));
        return request.build();
    }

    private static List<float[]> read(byte[] body, int expected) throws IOException {
        JsonNode data = Json.mapper().readTree(body).path("data");
        float[][] vectors = new float[expected][];
        for (JsonNode entry : data) {
            JsonNode numbers = entry.path("embedding");
            float[] vector = new float[numbers.size()];
            for (int i = 0; i < vector.length; i++) {
                vector[i] = numbers.path(i).floatValue();
            }
            int index = entry.path("index").asInt(-1);
            if (index < 0 || index >= expected || vector.length == 0) {
                throw new IOException("an embedding of nothing that was asked");
            }
            vectors[index] = Vectors.unit(vector);
        }
        for (float[] vector : vectors) {
            if (vector == null) {
                throw new IOException("fewer embeddings than texts");
            }
        }
        return List.of(vectors);
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
