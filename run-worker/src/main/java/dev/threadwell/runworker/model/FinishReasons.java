package dev.threadwell.runworker.model;

import java.util.Locale;

/** Maps the finish reasons of providers to the standard ones. */
final class FinishReasons {

    /** The sampling has failed, and its text is not an answer. */
    static final String ERROR = "error";

    private FinishReasons() {}

    /** The standard reason: stop, length, content_filter or error. */
    static String of(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "length", "max_tokens", "max_output_tokens", "model_length", "max_length" ->
                    "length";
            case "content_filter",
                    "content_filtered",
                    "safety",
                    "blocklist",
                    "prohibited_content",
                    "recitation",
                    "spii",
                    "sensitive" ->
                    "content_filter";
            case "error",
                    "network_error",
                    "abort",
                    "aborted",
                    "cancelled",
                    "canceled",
                    "failed",
                    "malformed_function_call",
                    "insufficient_system_resource" ->
                    ERROR;
            default -> "stop";
        };
    }
}
