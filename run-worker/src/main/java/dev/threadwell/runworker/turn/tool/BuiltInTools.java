package dev.threadwell.runworker.turn.tool;

import dev.threadwell.assistant.ToolKind;
import dev.threadwell.run.StepDetails;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The registry of built-in tools, by kind. */
public final class BuiltInTools {

    /** All built-in tools of Threadwell: a new tool is registered here. */
    public static final BuiltInTools ALL =
            new BuiltInTools(
                    List.of(
                            new CodeInterpreterTool(),
                            new FileSearchTool(),
                            new ImageGenerationTool(ToolKind.IMAGE_GENERATION),
                            new ImageGenerationTool(ToolKind.TEXT_TO_IMAGE),
                            new ImageToTextTool(),
                            new WebSearchTool()));

    private final Map<ToolKind, BuiltInTool> byKind = new LinkedHashMap<>();

    private BuiltInTools(List<BuiltInTool> tools) {
        for (BuiltInTool tool : tools) {
            if (byKind.put(tool.kind(), tool) != null) {
                throw new IllegalArgumentException("There are two tools " + tool.kind() + ".");
            }
        }
    }

    /** A registry with these tools and one more. */
    public BuiltInTools with(BuiltInTool tool) {
        List<BuiltInTool> more = new ArrayList<>(byKind.values());
        more.add(tool);
        return new BuiltInTools(more);
    }

    /** The tool of this kind; null if the kind is a function's, or unknown to this version. */
    public @Nullable BuiltInTool of(ToolKind kind) {
        return byKind.get(kind);
    }

    /** Whether a tool of this kind may be called with the name of a picture. */
    public boolean takesPictures(ToolKind kind) {
        BuiltInTool tool = of(kind);
        return tool != null && tool.takesPictures();
    }

    /** The view of a stored call of a function or of any of these tools. */
    public CallView view(StepDetails.ToolCall call) {
        if (call instanceof StepDetails.FunctionCall function) {
            return FunctionCalls.view(function);
        }
        BuiltInTool tool = of(call.kind());
        if (tool != null) {
            return tool.view(call);
        }
        if (call instanceof StepDetails.GenericCall generic) {
            // A newer version has made the call: its stored arguments and result can be shown
            // without the tool's own code.
            return new GenericTool.View(generic, "arguments");
        }
        throw new IllegalArgumentException("There is no tool " + call.kind() + ".");
    }
}
