package dev.threadwell.toolworker.imagegeneration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.toolworker.provider.ProviderAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a provider answers: pictures, each in base64 or by its URL. Of an answer that was streamed
 * the last event is read.
 *
 * @param usage the tokens that the provider counts, for the step
 */
record ImageAnswer(List<Item> items, Map<String, Object> usage) {

    /** One picture of an answer. */
    sealed interface Item {

        /** The content of a picture in base64. */
        record Encoded(String base64) implements Item {}

        /** A picture that has to be downloaded. */
        record Linked(String url) implements Item {}
    }

    /** Statuses whose reason concerns what was asked for. */
    private static final Set<Integer> REFUSALS = Set.of(400, 413, 422);

    /** The last events of streams. */
    private static final Set<String> COMPLETED =
            Set.of("image_generation.completed", "image_edit.completed");

    /** Types of errors, in a stream, whose reason concerns what was asked for. */
    private static final Set<String> REFUSAL_TYPES =
            Set.of("image_generation_user_error", "invalid_request_error");

    private static final int TOO_MANY_REQUESTS = 429;
    private static final List<String> STREAM_PARAMETERS = List.of("stream", "partial_images");
    private static final List<String> TOKENS =
            List.of("input_tokens", "output_tokens", "total_tokens");

    /** Reads an answer; of more pictures than this, the first are kept. */
    static ImageAnswer of(ProviderAnswer answer, int mostPictures) throws NoPicture {
        if (!answer.succeeded()) {
            throw refusal(answer);
        }
        JsonNode json = answer.json();
        if (json.path("error").isObject()) {
            throw streamedRefusal(json.path("error"), answer);
        }
        List<Item> items = new ArrayList<>();
        if (COMPLETED.contains(json.path("type").asText()) && json.path("b64_json").isTextual()) {
            items.add(new Item.Encoded(json.path("b64_json").textValue()));
        }
        for (JsonNode item : json.path("data")) {
            if (item.path("b64_json").isTextual()) {
                items.add(new Item.Encoded(item.path("b64_json").textValue()));
            } else if (item.path("url").isTextual()) {
                items.add(new Item.Linked(item.path("url").textValue()));
            }
        }
        if (items.isEmpty()) {
            throw new NoPicture(
                    NoPicture.Code.PROVIDER_FAILED, "the provider's answer has no picture");
        }
        return new ImageAnswer(
                items.subList(0, Math.min(items.size(), mostPictures)), usage(json.path("usage")));
    }

    /** Whether the provider does not know the parameters with which streams are asked for. */
    static boolean refusesStream(ProviderAnswer answer) {
        if (!REFUSALS.contains(answer.status())) {
            return false;
        }
        String why = answer.error().toLowerCase(Locale.ROOT);
        String param = answer.json().at("/error/param").asText();
        return STREAM_PARAMETERS.stream()
                .anyMatch(name -> why.contains(name) || param.equals(name));
    }

    private static NoPicture streamedRefusal(JsonNode error, ProviderAnswer answer) {
        return REFUSAL_TYPES.contains(error.path("type").asText())
                ? new NoPicture(
                        NoPicture.Code.REFUSED,
                        "the provider refused it. It says: " + answer.error())
                : new NoPicture(NoPicture.Code.PROVIDER_FAILED, "the provider failed");
    }

    /**
     * Security: what a provider says of the installation's account, such as about its key, is not
     * passed on.
     */
    private static NoPicture refusal(ProviderAnswer answer) {
        if (REFUSALS.contains(answer.status())) {
            return new NoPicture(
                    NoPicture.Code.REFUSED, "the provider refused it. It says: " + answer.error());
        }
        return new NoPicture(
                NoPicture.Code.PROVIDER_FAILED,
                answer.status() == TOO_MANY_REQUESTS
                        ? "the provider has too much to do"
                        : "the provider answered with status " + answer.status());
    }

    private static Map<String, Object> usage(JsonNode given) {
        Map<String, Object> usage = new LinkedHashMap<>();
        for (String name : TOKENS) {
            if (given.path(name).isIntegralNumber()) {
                usage.put(name, given.path(name).longValue());
            }
        }
        return usage;
    }
}
