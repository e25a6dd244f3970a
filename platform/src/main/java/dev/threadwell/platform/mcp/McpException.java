package dev.threadwell.platform.mcp;

/** A request to an MCP server failed, or the server violated the protocol. */
public final class McpException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception with a clause of which the server is the subject. */
    public McpException(String message) {
        super(message);
    }
}
