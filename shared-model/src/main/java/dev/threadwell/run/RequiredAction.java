package dev.threadwell.run;

import java.util.List;

/** What a run in {@code requires_action} waits for. */
public record RequiredAction(String type, SubmitToolOutputs submitToolOutputs) {

    /** The calls whose outputs are wanted. */
    public record SubmitToolOutputs(List<Call> toolCalls) {}

    /** A call of one of the client's functions. */
    public record Call(String id, String type, Function function) {}

    /** The function and its arguments, a JSON text as the model wrote it. */
    public record Function(String name, String arguments) {}

    /** The outputs of these calls are wanted. */
    public static RequiredAction outputsOf(List<Call> calls) {
        return new RequiredAction("submit_tool_outputs", new SubmitToolOutputs(calls));
    }

    /** The ids of the calls whose outputs are wanted, in their order. */
    public List<String> callIds() {
        return submitToolOutputs.toolCalls().stream().map(Call::id).toList();
    }
}
