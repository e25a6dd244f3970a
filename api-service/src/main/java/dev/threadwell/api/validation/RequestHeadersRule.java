package dev.threadwell.api.validation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;

/** The validation rule of the headers that are sent to an endpoint of a user. */
record RequestHeadersRule() implements PairsRule {

    /**
     * Headers that belong to the connection or that the system sets itself. Users must not set
     * them: they could break the framing of the request or forge its signature.
     */
    private static final Set<String> OURS =
            Set.of(
                    "accept",
                    "accept-encoding",
                    "connection",
                    "content-length",
                    "content-type",
                    "expect",
                    "host",
                    "keep-alive",
                    "mcp-protocol-version",
                    "mcp-session-id",
                    "proxy-authorization",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade",
                    "webhook-id",
                    "webhook-signature",
                    "webhook-timestamp");

    private static final String NAME = "^[a-zA-Z0-9_-]+$";
    private static final Rule VALUE = Rules.text("^[\\x20-\\x7e]+$", 8_192);

    @Override
    public void valid(String path, String name, JsonNode value) {
        if (!name.matches(NAME)) {
            throw ValidationErrors.pattern(path, NAME);
        }
        if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
            throw ValidationErrors.unknown(path + "." + name);
        }
        VALUE.check(Pass.INVALID, path + "." + name, value);
    }
}
