package dev.threadwell.toolworker.imagegeneration;

import dev.threadwell.toolworker.picture.PictureContent;
import dev.threadwell.toolworker.provider.MultipartForm;
import dev.threadwell.toolworker.provider.ProviderRequest;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Builds the request of an order: for a new picture, or for one that starts from others. */
final class ImageRequest {

    /** Parameters of new pictures that edits do not have. */
    private static final Set<String> NOT_OF_EDITS = Set.of("moderation");

    /** Room for everything in an answer but the pictures. */
    private static final int ENVELOPE = 64 * 1024;

    private ImageRequest() {}

    static ProviderRequest of(
            ImageOrder order,
            List<PictureContent.Readable> sources,
            Duration timeout,
            int pictureBytes) {
        int most =
                (int)
                        Math.min(
                                Integer.MAX_VALUE,
                                (encoded(pictureBytes) + ENVELOPE)
                                        * (order.count() + order.partials()));
        return sources.isEmpty()
                ? ProviderRequest.json("/images/generations", body(order), timeout, most)
                : ProviderRequest.multipart("/images/edits", form(order, sources), timeout, most);
    }

    /** The length of so many bytes in base64. */
    private static long encoded(long bytes) {
        return (bytes + 2) / 3 * 4;
    }

    private static Map<String, Object> body(ImageOrder order) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("prompt", order.prompt());
        body.putAll(parameters(order));
        return body;
    }

    private static Map<String, Object> parameters(ImageOrder order) {
        if (!order.streams()) {
            return order.parameters();
        }
        Map<String, Object> parameters = new LinkedHashMap<>(order.parameters());
        parameters.put("stream", true);
        parameters.put("partial_images", order.partials());
        return parameters;
    }

    private static MultipartForm form(ImageOrder order, List<PictureContent.Readable> sources) {
        MultipartForm form = new MultipartForm().field("prompt", order.prompt());
        parameters(order).entrySet().stream()
                .filter(parameter -> !NOT_OF_EDITS.contains(parameter.getKey()))
                .forEach(
                        parameter ->
                                form.field(
                                        parameter.getKey(), String.valueOf(parameter.getValue())));
        // Older models take one picture, and only under the name that is no list's.
        String name = sources.size() == 1 ? "image" : "image[]";
        for (int i = 0; i < sources.size(); i++) {
            PictureContent.Readable source = sources.get(i);
            form.file(
                    name,
                    "picture-%d.%s".formatted(i + 1, source.format().extension()),
                    source.format().mediaType(),
                    source.bytes());
        }
        return form;
    }
}
