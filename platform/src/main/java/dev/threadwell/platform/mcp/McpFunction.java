package dev.threadwell.platform.mcp;

import dev.threadwell.assistant.Tool;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tool of an MCP server, in the form of a function for the model.
 *
 * @param name the server's name of the tool
 * @param description the server's description of the tool
 * @param parameters a JSON schema
 */
public record McpFunction(
        String name, @Nullable String description, Map<String, Object> parameters) {

    private static final int LONGEST_NAME = 64;
    private static final int HASH_DIGITS = 8;

    /**
     * The function name for the model: the server's label and the tool's name. If that is not a
     * valid function name, it is shortened or its characters are replaced, and a hash keeps it
     * unique.
     */
    public String nameAt(Tool.Mcp server) {
        String plain = name.replaceAll("[^a-zA-Z0-9_-]", "_");
        String whole = server.prefix() + plain;
        if (plain.equals(name) && whole.length() <= LONGEST_NAME) {
            return whole;
        }
        int room = LONGEST_NAME - HASH_DIGITS - 1;
        String begin = whole.length() > room ? whole.substring(0, room) : whole;
        return begin + "_" + hash();
    }

    private String hash() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no SHA-256 here", e);
        }
    }

    /** The function definition for the model. */
    public Tool.Function at(Tool.Mcp server) {
        return new Tool.Function(
                new Tool.Definition(nameAt(server), description, parameters, false));
    }
}
