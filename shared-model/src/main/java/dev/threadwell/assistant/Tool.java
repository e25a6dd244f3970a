package dev.threadwell.assistant;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tool of an assistant or a run, in the normalised form in which the API stores and echoes it.
 */
public sealed interface Tool {

    /** The kind of tool that this is. */
    ToolKind kind();

    /** Runs Python code. */
    record CodeInterpreter() implements Tool {

        @Override
        public ToolKind kind() {
            return ToolKind.CODE_INTERPRETER;
        }
    }

    /** Searches the files of the attached vector stores. */
    record FileSearch(Options fileSearch) implements Tool {

        @Override
        public ToolKind kind() {
            return ToolKind.FILE_SEARCH;
        }
    }

    /**
     * A built-in tool that needs no type of its own here: its kind, and its options as the API
     * shows them. In JSON: {@code {"type":"echo","echo":{…}}}.
     */
    record Generic(ToolKind kind, Map<String, Object> options) implements Tool {}

    /**
     * A function of the client: the run stops in {@code requires_action} until its output is
     * submitted. One that is bound is executed by the system.
     *
     * @param threadwell left out of the JSON when the function is not bound
     */
    record Function(Definition function, @Nullable Binding threadwell) implements Tool {

        /** A function of the client. */
        public Function(Definition function) {
            this(function, null);
        }

        @Override
        public ToolKind kind() {
            return ToolKind.FUNCTION;
        }
    }

    /**
     * The tools of a remote MCP server, which a model knows as functions.
     *
     * @param serverLabel what the names of its functions begin with
     * @param allowedTools all of them if null
     * @param requireApproval always {@code never}: nobody is asked before a call
     * @param secretId of the headers that the server is sent; never shown
     */
    record Mcp(
            String serverLabel,
            String serverUrl,
            @Nullable List<String> allowedTools,
            String requireApproval,
            @Nullable String secretId)
            implements Tool {

        /** Between the server's label and the name of its tool. */
        public static final String BETWEEN = "__";

        @Override
        public ToolKind kind() {
            return ToolKind.MCP;
        }

        /** What the names of this server's functions begin with. */
        public String prefix() {
            return serverLabel + BETWEEN;
        }

        /** This tool with another secret. */
        public Mcp withSecret(@Nullable String id) {
            return new Mcp(serverLabel, serverUrl, allowedTools, requireApproval, id);
        }
    }

    /**
     * The tool by which the system executes the function of this name; null if the client has to.
     */
    static @Nullable Tool executing(List<Tool> tools, String name) {
        for (Tool tool : tools) {
            if (tool instanceof Function f && f.function().name().equals(name)) {
                return f.threadwell() == null ? null : f;
            }
        }
        for (Tool tool : tools) {
            if (tool instanceof Mcp mcp && name.startsWith(mcp.prefix())) {
                return mcp;
            }
        }
        return null;
    }

    /**
     * The options of a file search.
     *
     * @param maxNumResults left out of the JSON when it was not given
     */
    record Options(@Nullable Integer maxNumResults, Ranking rankingOptions) {}

    /** How file search ranks its results. */
    record Ranking(String ranker, double scoreThreshold, @Nullable Object hybridSearch) {}

    /**
     * What a model is told of a function.
     *
     * @param description left out of the JSON when it was not given
     * @param parameters a JSON schema
     */
    record Definition(
            String name,
            @Nullable String description,
            Map<String, Object> parameters,
            boolean strict) {}
}
