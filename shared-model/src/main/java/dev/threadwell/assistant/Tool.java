package dev.threadwell.assistant;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tool of an assistant or a run, in the normalised form that the API stores and returns. */
public sealed interface Tool {

    /** The kind of this tool. */
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
     * A built-in tool without a type of its own: its kind, and its options as the API shows them.
     * In JSON: {@code {"type":"echo","echo":{…}}}.
     */
    record Generic(ToolKind kind, Map<String, Object> options) implements Tool {}

    /**
     * A function. The client executes it: the run waits in {@code requires_action} until the output
     * is submitted. A bound function is executed by the system instead.
     *
     * @param threadwell the binding; left out of the JSON if the function is not bound
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
     * The tools of a remote MCP server, which are offered to the model as functions.
     *
     * @param serverLabel the label that the names of its functions begin with
     * @param allowedTools the names of the tools that may be called; null for all
     * @param requireApproval always {@code never}: calls need no approval
     * @param secretId the id of the secret with the request headers for the server; never shown
     */
    record Mcp(
            String serverLabel,
            String serverUrl,
            @Nullable List<String> allowedTools,
            String requireApproval,
            @Nullable String secretId)
            implements Tool {

        /** The separator between the server's label and the name of its tool. */
        public static final String BETWEEN = "__";

        @Override
        public ToolKind kind() {
            return ToolKind.MCP;
        }

        /** The prefix of the names of this server's functions. */
        public String prefix() {
            return serverLabel + BETWEEN;
        }

        /** This tool with another secret. */
        public Mcp withSecret(@Nullable String id) {
            return new Mcp(serverLabel, serverUrl, allowedTools, requireApproval, id);
        }
    }

    /**
     * The tool through which the system executes the function of this name; null if the client
     * executes it.
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
     * The definition of a function for the model.
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
