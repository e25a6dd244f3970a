package dev.threadwell.assistant;

import java.util.List;

/**
 * A kind of tool, by its name in the API. It is no enum, because during an upgrade a worker has to
 * read the names of kinds that only the newer version knows.
 */
public record ToolKind(String name) {

    /** Runs Python code. */
    public static final ToolKind CODE_INTERPRETER = new ToolKind("code_interpreter");

    /** Searches the files of vector stores. */
    public static final ToolKind FILE_SEARCH = new ToolKind("file_search");

    /** A function: the client's own, or one that is bound and executed by the system. */
    public static final ToolKind FUNCTION = new ToolKind("function");

    /** The functions of a remote MCP server. */
    public static final ToolKind MCP = new ToolKind("mcp");

    /** Every kind that this version knows; the tables of all services are tested against it. */
    public static final List<ToolKind> ALL = List.of(CODE_INTERPRETER, FILE_SEARCH, FUNCTION, MCP);

    /** The name, as in messages to the model and in logs. */
    @Override
    public String toString() {
        return name;
    }
}
