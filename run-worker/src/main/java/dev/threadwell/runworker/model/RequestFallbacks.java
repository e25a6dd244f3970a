package dev.threadwell.runworker.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.threadwell.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Changes requests for providers that reject a part of them: the part is removed or replaced.
 * Successful fallbacks are remembered per model for an hour.
 */
final class RequestFallbacks {

    private static final Duration REMEMBERED = Duration.ofHours(1);
    private static final int MOST_MODELS = 1_000;

    private static final Set<Integer> REFUSALS = Set.of(200, 400, 404, 405, 415, 422, 500, 501);

    private final InstantSource clock;
    private final Map<String, Memory> memories =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Memory> eldest) {
                    return size() > MOST_MODELS;
                }
            };

    private record Memory(Set<Fallback> fallbacks, Instant until) {}

    RequestFallbacks(InstantSource clock) {
        this.clock = clock;
    }

    /** A change of a request. */
    enum Fallback {
        /** The older name of {@code max_completion_tokens}. */
        MAX_TOKENS,
        NO_STREAM_OPTIONS,
        NO_PARALLEL_TOOL_CALLS,
        /** Empty reasoning for calls of another model, where this one requires reasoning. */
        EMPTY_REASONING,
        NO_PROVIDER_FIELDS,
        /** Call ids of nine letters and digits, which all providers accept. */
        SHORT_CALL_IDS
    }

    /** The fallbacks that succeeded with this model before. */
    synchronized Set<Fallback> remembered(String model) {
        Memory memory = memories.get(model);
        if (memory == null) {
            return EnumSet.noneOf(Fallback.class);
        }
        if (clock.instant().isAfter(memory.until())) {
            memories.remove(model);
            return EnumSet.noneOf(Fallback.class);
        }
        return EnumSet.copyOf(memory.fallbacks());
    }

    /** Remembers the fallbacks of a successful request to this model. */
    synchronized void helped(String model, Set<Fallback> fallbacks) {
        memories.remove(model);
        if (!fallbacks.isEmpty()) {
            memories.put(
                    model, new Memory(EnumSet.copyOf(fallbacks), clock.instant().plus(REMEMBERED)));
        }
    }

    private static final Pattern CALL_ID =
            Pattern.compile(
                    "tool[_ ]?call[_ ]?id|tool[_ ]?use\\.?[_ ]?id|tool_calls?\\W*\\d*\\W*id");
    private static final Pattern FORM_OF_AN_ID =
            Pattern.compile("length|pattern|match|character|too long|must be|alphanumeric");
    private static final Pattern DEMANDS =
            Pattern.compile(
                    "must be (?:passed|provided|present|included)|missing|required|pass(?:ed)? back");
    private static final Pattern PROVIDER_FIELD =
            Pattern.compile(
                    "reasoning_content|reasoning_details|reasoning_text|reasoning_opaque"
                            + "|thinking_blocks|thought_signature|extra_content"
                            + "|provider_specific_fields|\\breasoning\\b");

    /**
     * The untried fallback that matches this error; null if there is none.
     *
     * @param request the rejected request
     */
    static @Nullable Fallback wanted(
            int status, byte[] refusal, ObjectNode request, Set<Fallback> tried) {
        if (!REFUSALS.contains(status)) {
            return null;
        }
        String said = new String(refusal, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        for (Fallback fallback : Fallback.values()) {
            if (!tried.contains(fallback) && isWanted(fallback, said, request)) {
                return fallback;
            }
        }
        return null;
    }

    private static boolean isWanted(Fallback fallback, String said, ObjectNode request) {
        return switch (fallback) {
            case MAX_TOKENS -> names(said, "max_completion_tokens", request);
            case NO_STREAM_OPTIONS ->
                    names(said, "stream_options", request)
                            || said.contains("include_usage") && request.has("stream_options");
            case NO_PARALLEL_TOOL_CALLS -> names(said, "parallel_tool_calls", request);
            case EMPTY_REASONING ->
                    said.contains("reasoning_content")
                            && DEMANDS.matcher(said).find()
                            && lacksReasoning(request);
            case NO_PROVIDER_FIELDS ->
                    PROVIDER_FIELD.matcher(said).find() && hasProviderFields(request);
            case SHORT_CALL_IDS ->
                    CALL_ID.matcher(said).find()
                            && FORM_OF_AN_ID.matcher(said).find()
                            && hasCalls(request);
        };
    }

    private static boolean names(String said, String field, ObjectNode request) {
        return request.has(field) && said.contains(field);
    }

    private static boolean lacksReasoning(ObjectNode request) {
        for (JsonNode message : request.path("messages")) {
            if (message.has("tool_calls") && !message.has("reasoning_content")) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasCalls(ObjectNode request) {
        return request.path("messages").findValue("tool_calls") != null;
    }

    private static boolean hasProviderFields(ObjectNode request) {
        ObjectNode without = request.deepCopy();
        dropProviderFields(without);
        return !without.equals(request);
    }

    /** A copy of the request with these fallbacks applied. */
    static ObjectNode changed(ObjectNode request, Set<Fallback> fallbacks) {
        ObjectNode changed = request.deepCopy();
        for (Fallback fallback : fallbacks) {
            switch (fallback) {
                case MAX_TOKENS -> {
                    JsonNode limit = changed.remove("max_completion_tokens");
                    if (limit != null) {
                        changed.set("max_tokens", limit);
                    }
                }
                case NO_STREAM_OPTIONS -> changed.remove("stream_options");
                case NO_PARALLEL_TOOL_CALLS -> changed.remove("parallel_tool_calls");
                case EMPTY_REASONING -> addEmptyReasoning(changed);
                case NO_PROVIDER_FIELDS -> dropProviderFields(changed);
                case SHORT_CALL_IDS -> shortenCallIds(changed);
            }
        }
        return changed;
    }

    static ObjectNode tree(byte[] request) {
        try {
            return (ObjectNode) Json.mapper().readTree(request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void addEmptyReasoning(ObjectNode request) {
        for (JsonNode message : request.path("messages")) {
            if (message.has("tool_calls") && !message.has("reasoning_content")) {
                ((ObjectNode) message).put("reasoning_content", "");
            }
        }
    }

    private static void dropProviderFields(ObjectNode request) {
        for (JsonNode message : request.path("messages")) {
            if (message.has("tool_calls")) {
                ((ObjectNode) message).retain("role", "content", "tool_calls");
                for (JsonNode call : message.path("tool_calls")) {
                    ((ObjectNode) call).retain("id", "type", "function");
                    ((ObjectNode) call.path("function")).retain("name", "arguments");
                }
            }
        }
    }

    /**
     * Replaces the call ids by hashes: deterministic, so that a call has the same id in every
     * request, and distinct for different calls.
     */
    private static void shortenCallIds(ObjectNode request) {
        Map<String, Integer> seen = new HashMap<>();
        Map<String, String> latest = new HashMap<>();
        for (JsonNode message : request.path("messages")) {
            for (JsonNode call : message.path("tool_calls")) {
                String id = call.path("id").asText();
                String shortened = shortened(id + "#" + seen.merge(id, 1, Integer::sum));
                latest.put(id, shortened);
                ((ObjectNode) call).put("id", shortened);
            }
            String answered = message.path("tool_call_id").asText();
            if (latest.containsKey(answered)) {
                ((ObjectNode) message).put("tool_call_id", latest.get(answered));
            }
        }
    }

    private static final String LETTERS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int SHORT = 9;

    private static String shortened(String id) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(id.getBytes(StandardCharsets.UTF_8));
            StringBuilder letters = new StringBuilder();
            for (int i = 0; i < SHORT; i++) {
                letters.append(LETTERS.charAt(Byte.toUnsignedInt(hash[i]) % LETTERS.length()));
            }
            return letters.toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
