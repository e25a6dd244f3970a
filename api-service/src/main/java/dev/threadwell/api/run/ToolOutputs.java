package dev.threadwell.api.run;

import static dev.threadwell.api.validation.Rules.flag;
import static dev.threadwell.api.validation.Rules.listOf;
import static dev.threadwell.api.validation.Rules.object;
import static dev.threadwell.api.validation.Rules.optional;
import static dev.threadwell.api.validation.Rules.required;
import static dev.threadwell.api.validation.Rules.text;

import dev.threadwell.api.validation.Body;
import dev.threadwell.api.validation.ObjectRule;
import dev.threadwell.api.validation.ValidationErrors;
import dev.threadwell.persistence.run.StepWithUsage;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepDetails;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The outputs of the client's functions.
 *
 * @param callIds the ids of the calls, as often as the request names them
 * @param outputs the outputs by the ids of their calls
 */
record ToolOutputs(List<String> callIds, Map<String, String> outputs) {

    /** Longer than the id of any call. */
    private static final int MAX_ID = 1_024;

    /** The maximum length of one output, and of all outputs of a request together. */
    private static final int MAX_OUTPUT = 1_048_576;

    static final ObjectRule RULE =
            object(
                    required(
                            "tool_outputs",
                            listOf(
                                    "objects",
                                    0,
                                    1_000,
                                    object(
                                            required("tool_call_id", text(MAX_ID)),
                                            optional("output", text(MAX_OUTPUT))))),
                    optional("stream", flag()));

    static ToolOutputs of(Body body) {
        List<Body> given = body.objects("tool_outputs");
        Map<String, String> outputs = new HashMap<>();
        int characters = 0;
        for (Body one : given) {
            String output = one.text("output");
            characters += output == null ? 0 : output.codePointCount(0, output.length());
            if (characters > MAX_OUTPUT) {
                throw ValidationErrors.tooLong("tool_outputs", MAX_OUTPUT, characters);
            }
            outputs.put(one.required("tool_call_id"), output == null ? "" : output);
        }
        return new ToolOutputs(
                given.stream().map(one -> one.required("tool_call_id")).toList(), outputs);
    }

    /** The open steps with these outputs; a step whose calls are all answered is completed. */
    List<StepWithUsage> fill(List<StepWithUsage> open, long now) {
        return open.stream().map(step -> filled(step, now)).toList();
    }

    private StepWithUsage filled(StepWithUsage open, long now) {
        RunStep step = open.step();
        return switch (step.stepDetails()) {
            case StepDetails.MessageCreation _ -> open;
            case StepDetails.ToolCalls calls -> {
                List<StepDetails.ToolCall> answered =
                        calls.toolCalls().stream().map(this::answered).toList();
                RunStep filled = step.with(calls.with(answered));
                yield answered.stream().allMatch(StepDetails.ToolCall::answered)
                        ? open.with(filled.completed(now, open.spent()))
                        : open.with(filled);
            }
        };
    }

    private StepDetails.ToolCall answered(StepDetails.ToolCall call) {
        String output = outputs.get(call.id());
        return output != null && call instanceof StepDetails.FunctionCall function
                ? function.answeredWith(output)
                : call;
    }
}
