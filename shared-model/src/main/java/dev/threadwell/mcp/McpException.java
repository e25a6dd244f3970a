package dev.threadwell.mcp;

/** An MCP server could not be asked, or did not answer as the protocol has it. */
public final class McpException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says what went wrong, of which the server is the subject. */
    public McpException(String message) {
        super(message);
    }
}
