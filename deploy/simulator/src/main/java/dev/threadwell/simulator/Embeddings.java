package dev.threadwell.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.threadwell.simulator.json.SimulatorJson;
import dev.threadwell.simulator.request.RefusedRequest;
import dev.threadwell.simulator.request.RequestError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Computes bag-of-words embeddings without a model: each word is hashed to one dimension, so texts
 * that share words have similar vectors.
 */
final class Embeddings {

    private static final int DEFAULT_DIMENSIONS = 256;
    private static final int MAX_DIMENSIONS = 4_096;
    private static final int MAX_INPUTS = 2_048;

    /** In scripts without spaces each ideograph counts as a word. */
    private static final Pattern WORD =
            Pattern.compile("\\p{IsIdeographic}|[\\p{L}\\p{N}&&[^\\p{IsIdeographic}]]+");

    private Embeddings() {}

    static ObjectNode of(ObjectNode request) {
        String model = request.path("model").asText("");
        if (model.isEmpty()) {
            throw new RefusedRequest(RequestError.missing("model"));
        }
        List<String> inputs = inputs(request.path("input"));
        int dimensions = request.path("dimensions").asInt(DEFAULT_DIMENSIONS);
        if (dimensions < 1 || dimensions > MAX_DIMENSIONS) {
            throw new RefusedRequest(
                    RequestError.wrongType("dimensions", "1 to " + MAX_DIMENSIONS));
        }
        ObjectNode answer = SimulatorJson.object().put("object", "list");
        ArrayNode data = answer.putArray("data");
        int words = 0;
        for (int i = 0; i < inputs.size(); i++) {
            double[] vector = new double[dimensions];
            words += count(inputs.get(i), vector);
            ObjectNode entry = data.addObject().put("object", "embedding").put("index", i);
            ArrayNode numbers = entry.putArray("embedding");
            double length = length(vector);
            for (double number : vector) {
                numbers.add((float) (number / length));
            }
        }
        answer.put("model", model)
                .putObject("usage")
                .put("prompt_tokens", words)
                .put("total_tokens", words);
        return answer;
    }

    private static List<String> inputs(JsonNode input) {
        if (input.isMissingNode() || input.isNull()) {
            throw new RefusedRequest(RequestError.missing("input"));
        }
        if (input.isTextual()) {
            return List.of(input.asText());
        }
        if (!input.isArray() || input.size() > MAX_INPUTS) {
            throw new RefusedRequest(
                    RequestError.wrongType("input", "a string or up to 2048 strings"));
        }
        if (input.isEmpty()) {
            throw new RefusedRequest(RequestError.emptyArray("input"));
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode text : input) {
            if (!text.isTextual()) {
                throw new RefusedRequest(RequestError.wrongType("input", "strings"));
            }
            texts.add(text.asText());
        }
        return texts;
    }

    private static int count(String text, double[] vector) {
        Matcher words = WORD.matcher(text.toLowerCase(Locale.ROOT));
        int count = 0;
        while (words.find()) {
            vector[Math.floorMod(words.group().hashCode() * 31, vector.length)]++;
            count++;
        }
        return count;
    }

    /**
     * The Euclidean norm, or 1 for a text without words, so that normalizing never divides by zero.
     */
    private static double length(double[] vector) {
        double squares = 0;
        for (double number : vector) {
            squares += number * number;
        }
        return squares == 0 ? 1 : Math.sqrt(squares);
    }
}
