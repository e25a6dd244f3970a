package dev.threadwell.assistant;

import java.util.List;
import java.util.Set;

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

    /** Makes pictures, as the successor of the original API names it. */
    public static final ToolKind IMAGE_GENERATION = new ToolKind("image_generation");

    /** Makes pictures: the same as {@link #IMAGE_GENERATION} under another name. */
    public static final ToolKind TEXT_TO_IMAGE = new ToolKind("text_to_image");

    /** Answers questions about the pictures of a thread. */
    public static final ToolKind IMAGE_TO_TEXT = new ToolKind("image_to_text");

    /** Searches the web. */
    public static final ToolKind WEB_SEARCH = new ToolKind("web_search");

    /** Says that the model writes text, as every model does: nothing is offered for it. */
    public static final ToolKind TEXT_GENERATION = new ToolKind("text_generation");

    /**
     * All kinds that this version knows; tests check the tables of all services against this list.
     */
    public static final List<ToolKind> ALL =
            List.of(
                    CODE_INTERPRETER,
                    FILE_SEARCH,
                    FUNCTION,
                    MCP,
                    IMAGE_GENERATION,
                    TEXT_TO_IMAGE,
                    IMAGE_TO_TEXT,
                    WEB_SEARCH,
                    TEXT_GENERATION);

    /** The kinds that requests may name although no model can call them. */
    public static final Set<ToolKind> NEVER_CALLED = Set.of(TEXT_GENERATION);

    /** The name, for messages to the model and for logs. */
    @Override
    public String toString() {
        return name;
    }
}
