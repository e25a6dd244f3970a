package dev.threadwell.api.assistant;

import static dev.threadwell.api.validation.Rules.between;
import static dev.threadwell.api.validation.Rules.filledText;
import static dev.threadwell.api.validation.Rules.oneOf;
import static dev.threadwell.api.validation.Rules.optional;
import static dev.threadwell.api.validation.Rules.text;

import dev.threadwell.api.validation.ObjectRule.Field;

/**
 * The options of image generation, named as in the image API and in the successor of the original
 * API. They are defaults: what the model says in a call comes first.
 */
final class ImageOptions {

    private static final int MOST_PICTURES = 4;

    static final Field[] FIELDS = {
        optional("model", filledText(256)),
        optional("n", between(1, MOST_PICTURES)),
        optional("size", text("^(auto|[1-9][0-9]{1,3}x[1-9][0-9]{1,3})$", 9)),
        optional("quality", oneOf("auto", "low", "medium", "high", "standard", "hd")),
        optional("background", oneOf("auto", "transparent", "opaque")),
        optional("output_format", oneOf("png", "jpeg", "webp")),
        optional("output_compression", between(0, 100)),
        optional("moderation", oneOf("auto", "low")),
        optional("partial_images", between(0, 3)),
    };

    private ImageOptions() {}
}
