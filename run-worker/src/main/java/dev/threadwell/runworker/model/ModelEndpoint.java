package dev.threadwell.runworker.model;

import java.net.URI;
import java.util.Locale;
import java.util.Map;

/**
 * Where the model is asked, as traces name it.
 *
 * @param provider the provider in the words of the GenAI conventions
 */
public record ModelEndpoint(String provider, String host, int port) {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** The provider of a host that is in no list: all are asked in this one's dialect. */
    private static final String DIALECT = "openai";

    private static final Map<String, String> PROVIDERS =
            Map.of(
                    "openai.com", "openai",
                    "openai.azure.com", "azure.ai.openai",
                    "anthropic.com", "anthropic",
                    "googleapis.com", "gcp.gemini",
                    "groq.com", "groq",
                    "mistral.ai", "mistral_ai",
                    "deepseek.com", "deepseek",
                    "x.ai", "x_ai",
                    "cohere.com", "cohere",
                    "perplexity.ai", "perplexity");

    /** The endpoint with this base URL. */
    public static ModelEndpoint of(URI base) {
        String host = base.getHost() == null ? "" : base.getHost().toLowerCase(Locale.ROOT);
        int standard = "http".equalsIgnoreCase(base.getScheme()) ? HTTP : HTTPS;
        return new ModelEndpoint(
                PROVIDERS.entrySet().stream()
                        .filter(known -> isOf(host, known.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse(DIALECT),
                host,
                base.getPort() < 0 ? standard : base.getPort());
    }

    private static boolean isOf(String host, String domain) {
        return host.equals(domain) || host.endsWith("." + domain);
    }
}
