package dev.threadwell.toolworker.imagegeneration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.assistant.Tool;
import dev.threadwell.topic.ToolRequested;
import dev.threadwell.wire.Json;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a call asks for: the arguments of the model, and the options of the tool where the model
 * says nothing or nothing that is allowed.
 *
 * @param parameters of the provider's API, without the prompt
 * @param sources the names of the pictures to start from
 * @param partials how many pictures in progress are wanted
 */
record ImageOrder(
        String prompt, Map<String, Object> parameters, List<String> sources, int partials) {

    static final int MOST_SOURCES = 4;
    private static final int MOST_PARTIALS = 3;

    private static final int PROMPT_CHARACTERS = 32_000;
    private static final String COUNT = "n";

    private static final Predicate<String> SIZES =
            Pattern.compile("auto|[1-9][0-9]{1,3}x[1-9][0-9]{1,3}").asMatchPredicate();
    private static final Set<String> QUALITIES =
            Set.of("auto", "low", "medium", "high", "standard", "hd");
    private static final Set<String> BACKGROUNDS = Set.of("auto", "transparent", "opaque");

    /** The options of a tool that are passed to the provider as they are. */
    private static final List<String> OPTIONS =
            List.of(
                    "size",
                    "quality",
                    "background",
                    "output_format",
                    "output_compression",
                    "moderation");

    /** The order of a call; the number of pictures is cut to the limit. */
    static ImageOrder of(ToolRequested call, String defaultModel, int mostPictures)
            throws NoPicture {
        JsonNode arguments = arguments(call);
        JsonNode prompt = arguments.path("prompt");
        if (!prompt.isTextual() || prompt.textValue().isBlank()) {
            throw new NoPicture(NoPicture.Code.INVALID_ARGUMENTS, "a prompt is needed");
        }
        if (prompt.textValue().length() > PROMPT_CHARACTERS) {
            throw new NoPicture(
                    NoPicture.Code.INVALID_ARGUMENTS,
                    "the prompt has more than %d characters".formatted(PROMPT_CHARACTERS));
        }
        Map<String, Object> options =
                call.definition() instanceof Tool.Generic(var _, var given) ? given : Map.of();
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("model", options.getOrDefault("model", defaultModel));
        if (options.get(COUNT) instanceof Number count && count.intValue() > 1) {
            parameters.put(COUNT, Math.min(count.intValue(), mostPictures));
        }
        for (String name : OPTIONS) {
            if (options.get(name) != null) {
                parameters.put(name, options.get(name));
            }
        }
        choose(parameters, arguments, "size", SIZES);
        choose(parameters, arguments, "quality", QUALITIES::contains);
        choose(parameters, arguments, "background", BACKGROUNDS::contains);
        return new ImageOrder(
                prompt.textValue(), parameters, sources(arguments), partials(call, options));
    }

    /** None if nobody would see them; they are paid for. */
    private static int partials(ToolRequested call, Map<String, Object> options) {
        return call.stream() != null && options.get("partial_images") instanceof Number wanted
                ? Math.clamp(wanted.intValue(), 0, MOST_PARTIALS)
                : 0;
    }

    private static JsonNode arguments(ToolRequested call) throws NoPicture {
        try {
            return Json.read(call.arguments(), JsonNode.class);
        } catch (UncheckedIOException e) {
            throw new NoPicture(NoPicture.Code.INVALID_ARGUMENTS, "the arguments are not JSON");
        }
    }

    private static void choose(
            Map<String, Object> parameters,
            JsonNode arguments,
            String name,
            Predicate<String> allowed) {
        String chosen = arguments.path(name).asText();
        if (allowed.test(chosen)) {
            parameters.put(name, chosen);
        }
    }

    /** A single name counts as a list of one, because models write it so. */
    private static List<String> sources(JsonNode arguments) throws NoPicture {
        JsonNode named = arguments.path("pictures");
        List<String> sources = new ArrayList<>();
        if (named.isTextual() && !named.textValue().isBlank()) {
            sources.add(named.textValue());
        }
        for (JsonNode name : named) {
            sources.add(name.asText());
        }
        if (sources.size() > MOST_SOURCES) {
            throw new NoPicture(
                    NoPicture.Code.INVALID_ARGUMENTS,
                    "at most %d pictures can be started from".formatted(MOST_SOURCES));
        }
        return sources.stream().distinct().toList();
    }

    /** Whether pictures in progress can be had: providers show those of a single picture only. */
    boolean streams() {
        return partials > 0 && count() == 1;
    }

    /** The same order without pictures in progress. */
    ImageOrder whole() {
        return new ImageOrder(prompt, parameters, sources, 0);
    }

    /** How many pictures are asked for. */
    int count() {
        return parameters.get(COUNT) instanceof Integer count ? count : 1;
    }
}
