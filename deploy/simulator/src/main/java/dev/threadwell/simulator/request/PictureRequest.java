package dev.threadwell.simulator.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A valid request for pictures.
 *
 * @param asUrl whether the pictures are answered by their URLs and not in base64
 * @param stream whether the answer is a stream of events
 * @param partials how many pictures in progress a stream shows
 */
public record PictureRequest(
        String model,
        String prompt,
        int count,
        int width,
        int height,
        boolean asUrl,
        boolean stream,
        int partials) {

    private static final Set<String> FIELDS =
            Set.of(
                    ("prompt model n size quality background output_format output_compression"
                                    + " moderation response_format style user input_fidelity"
                                    + " stream partial_images")
                            .split(" "));
    private static final int MOST_PICTURES = 10;
    private static final int MOST_DOTS = 4096;
    private static final int MOST_PARTIALS = 3;
    private static final int USUAL = 1024;
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,5})x([0-9]{1,5})");

    public static PictureRequest read(ObjectNode body) {
        Shape.onlyKnown(body, FIELDS, "");
        String prompt = Shape.text(body, "prompt", "");
        if (prompt.isBlank()) {
            throw new RefusedRequest(RequestError.missing("prompt"));
        }
        String model = body.path("model").asText("gpt-image-1");
        boolean older = model.startsWith("dall-e");
        // As with OpenAI: older models answer by URL, unless they are asked for base64.
        String form = body.path("response_format").asText(older ? "url" : "");
        if (older && body.has("stream")) {
            throw new RefusedRequest(RequestError.unknown("stream"));
        }
        Matcher size = SIZE.matcher(body.path("size").asText());
        boolean given = size.matches();
        return new PictureRequest(
                model,
                prompt,
                count(body.path("n")),
                given ? dots(size.group(1)) : USUAL,
                given ? dots(size.group(2)) : USUAL,
                form.equals("url"),
                body.path("stream").asBoolean(),
                partials(body.path("partial_images")));
    }

    private static int partials(JsonNode given) {
        int partials = given.asInt(0);
        if (partials < 0 || partials > MOST_PARTIALS) {
            throw new RefusedRequest(
                    RequestError.invalid(
                            "Invalid 'partial_images': expected a value from 0 to "
                                    + MOST_PARTIALS
                                    + ".",
                            "partial_images",
                            "invalid_value"));
        }
        return partials;
    }

    private static int count(JsonNode n) {
        int count = n.asInt(1);
        if (count < 1 || count > MOST_PICTURES) {
            throw new RefusedRequest(
                    RequestError.invalid(
                            "Invalid 'n': expected a value from 1 to " + MOST_PICTURES + ".",
                            "n",
                            "invalid_value"));
        }
        return count;
    }

    private static int dots(String number) {
        int dots = Integer.parseInt(number);
        if (dots < 16 || dots > MOST_DOTS) {
            throw new RefusedRequest(
                    RequestError.invalid(
                            "Invalid 'size': expected 16 to " + MOST_DOTS + " pixels a side.",
                            "size",
                            "invalid_value"));
        }
        return dots;
    }

    /** The same request with this prompt. */
    public PictureRequest asking(String other) {
        return new PictureRequest(model, other, count, width, height, asUrl, stream, partials);
    }
}
