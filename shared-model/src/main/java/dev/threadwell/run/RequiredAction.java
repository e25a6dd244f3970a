package dev.threadwell.run;

import java.util.List;

/** The client's action that a run in {@code requires_action} waits for. */
public record RequiredAction(String type, SubmitToolOutputs submitToolOutputs) {

    /** The calls whose outputs have to be submitted. */
    public record SubmitToolOutputs(List<Call> toolCalls) {}

    /** A call of one of the client's functions. */
    public record Call(String id, String type, Function function) {}

    /** The function and its arguments, the JSON text of the model. */
    public record Function(String name, String arguments) {}

    /** The required action for the outputs of these calls. */
    public static RequiredAction outputsOf(List<Call> calls) {
        return new RequiredAction("submit_tool_outputs", new SubmitToolOutputs(calls));
    }

    /** The ids of the calls whose outputs have to be submitted, in order. */
    public List<String> callIds() {
        return submitToolOutputs.toolCalls().stream().map(Call::id).toList();
    }
}
