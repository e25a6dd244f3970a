package dev.threadwell.runworker.model;

import java.util.Locale;

/** The words of providers for why a model has stopped. */
final class FinishReasons {

    /** The sampling has failed, and what was said is not an answer. */
    static final String ERROR = "error";

    private FinishReasons() {}

    /** One of stop, length, content_filter and error. */
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
