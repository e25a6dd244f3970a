package dev.threadwell.assistant;

import java.util.List;

/**
 * A kind of tool, by its name in the API. Not an enum, because during a rolling upgrade a worker
 * has to read the names of kinds that only the newer version knows.
 */
public record ToolKind(String name) {

    /** Runs Python code. */
    public static final ToolKind CODE_INTERPRETER = new ToolKind("code_interpreter");

    /** Searches the files of vector stores. */
    public static final ToolKind FILE_SEARCH = new ToolKind("file_search");

    /** A function, executed by the client, or by the system if it is bound. */
    public static final ToolKind FUNCTION = new ToolKind("function");

    /** The functions of a remote MCP server. */
    public static final ToolKind MCP = new ToolKind("mcp");

    /** Searches the web. */
    public static final ToolKind WEB_SEARCH = new ToolKind("web_search");

    /**
     * All kinds that this version knows; tests check the tables of all services against this list.
     */
    public static final List<ToolKind> ALL =
            List.of(CODE_INTERPRETER, FILE_SEARCH, FUNCTION, MCP, WEB_SEARCH);

    /** The name, for messages to the model and for logs. */
    @Override
    public String toString() {
        return name;
    }
}
