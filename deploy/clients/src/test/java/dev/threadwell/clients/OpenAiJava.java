package dev.threadwell.clients;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.beta.assistants.Assistant;
import com.openai.models.beta.assistants.AssistantCreateParams;
import com.openai.models.beta.assistants.AssistantStreamEvent;
import com.openai.models.beta.threads.Thread;
import com.openai.models.beta.threads.ThreadCreateParams;
import com.openai.models.beta.threads.messages.Message;
import com.openai.models.beta.threads.messages.MessageListParams;
import com.openai.models.beta.threads.runs.RequiredActionFunctionToolCall;
import com.openai.models.beta.threads.runs.Run;
import com.openai.models.beta.threads.runs.RunCreateParams;
import com.openai.models.beta.threads.runs.RunRetrieveParams;
import com.openai.models.beta.threads.runs.RunStatus;
import com.openai.models.beta.threads.runs.RunSubmitToolOutputsParams;
import com.openai.models.beta.threads.runs.RunSubmitToolOutputsParams.ToolOutput;
import com.openai.models.beta.threads.runs.steps.RunStep;
import com.openai.models.beta.threads.runs.steps.StepListParams;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The SDK of Maven Central and what most checks of it begin with; every object is validated on
 * arrival.
 */
record OpenAiJava(OpenAIClient client) {

    static final String WORDS = "The quick brown fox jumps over the lazy dog.";
    static final String SAYING = "simulate {\"say\": \"" + WORDS + "\"}";
    static final String CALLING =
            """
            simulate {"calls": [{"name": "get_weather", "arguments": {"city": "Paris"}},
                                {"name": "get_time", "arguments": {"zone": "Europe/Paris"}}],
                      "then": {"say": "Sunny at noon."}}""";

    private static final Set<RunStatus> ON_THE_WAY =
            Set.of(RunStatus.QUEUED, RunStatus.IN_PROGRESS, RunStatus.CANCELLING);

    static OpenAiJava of(Target target) {
        return of(target, target.apiKey());
    }

    static OpenAiJava of(Target target, String apiKey) {
        return new OpenAiJava(
                OpenAIOkHttpClient.builder()
                        .baseUrl(target.baseUrl())
                        .apiKey(apiKey)
                        .maxRetries(0)
                        .timeout(Duration.ofMinutes(1))
                        .build());
    }

    Assistant assistant() {
        return client.beta().assistants().create(described().build()).validate();
    }

    Assistant assistantWithFunctions() {
        return client.beta()
                .assistants()
                .create(
                        described()
                                .addFunctionTool(function("get_weather", "city"))
                                .addFunctionTool(function("get_time", "zone"))
                                .build())
                .validate();
    }

    Thread threadSaying(String... words) {
        var thread = ThreadCreateParams.builder();
        for (String said : words) {
            thread.addMessage(
                    ThreadCreateParams.Message.builder()
                            .role(ThreadCreateParams.Message.Role.USER)
                            .content(said)
                            .build());
        }
        return client.beta().threads().create(thread.build()).validate();
    }

    Run run(Thread thread, Assistant assistant) {
        return client.beta().threads().runs().create(running(thread, assistant)).validate();
    }

    List<AssistantStreamEvent> streamed(Thread thread, Assistant assistant) {
        return read(client.beta().threads().runs().createStreaming(running(thread, assistant)));
    }

    static List<AssistantStreamEvent> read(StreamResponse<AssistantStreamEvent> response) {
        try (response) {
            return response.stream().map(AssistantStreamEvent::validate).toList();
        }
    }

    private static RunCreateParams running(Thread thread, Assistant assistant) {
        return RunCreateParams.builder().threadId(thread.id()).assistantId(assistant.id()).build();
    }

    Run polled(Run run) {
        Run last = run;
        while (ON_THE_WAY.contains(last.status())) {
            last = retrieved(last);
        }
        return last;
    }

    Run retrieved(Run run) {
        var where = RunRetrieveParams.builder().threadId(run.threadId()).build();
        return client.beta().threads().runs().retrieve(run.id(), where).validate();
    }

    /** A run that waits for its functions: it holds the thread for as long as a check needs. */
    Run waitingForOutputs() {
        Run run = polled(run(threadSaying(CALLING), assistantWithFunctions()));
        if (!run.status().equals(RunStatus.REQUIRES_ACTION)) {
            throw new AssertionError("the run is " + run.status());
        }
        return run;
    }

    static List<RequiredActionFunctionToolCall> calls(Run run) {
        return run.requiredAction().orElseThrow().submitToolOutputs().toolCalls();
    }

    static RunSubmitToolOutputsParams outputs(Run run, List<RequiredActionFunctionToolCall> calls) {
        return RunSubmitToolOutputsParams.builder()
                .threadId(run.threadId())
                .runId(run.id())
                .toolOutputs(
                        calls.stream()
                                .map(
                                        call ->
                                                ToolOutput.builder()
                                                        .toolCallId(call.id())
                                                        .output("sunny")
                                                        .build())
                                .toList())
                .build();
    }

    /** Newest first, as the API lists them. */
    List<String> said(String threadId) {
        var page =
                client.beta()
                        .threads()
                        .messages()
                        .list(MessageListParams.builder().threadId(threadId).build());
        return page.items().stream().map(Message::validate).map(OpenAiJava::text).toList();
    }

    List<RunStep> steps(Run run) {
        var params =
                StepListParams.builder()
                        .threadId(run.threadId())
                        .runId(run.id())
                        .order(StepListParams.Order.ASC)
                        .build();
        return client.beta().threads().runs().steps().list(params).items().stream()
                .map(RunStep::validate)
                .toList();
    }

    static String text(Message message) {
        return message.content().getFirst().asText().text().value();
    }

    private static AssistantCreateParams.Builder described() {
        return AssistantCreateParams.builder()
                .model("gpt-4o")
                .name("Tutor")
                .instructions("You are a patient tutor.");
    }

    private static FunctionDefinition function(String name, String parameter) {
        return FunctionDefinition.builder()
                .name(name)
                .description("Tells what " + name + " tells.")
                .parameters(
                        FunctionParameters.builder()
                                .putAdditionalProperty("type", JsonValue.from("object"))
                                .putAdditionalProperty(
                                        "properties",
                                        JsonValue.from(Map.of(parameter, Map.of("type", "string"))))
                                .build())
                .build();
    }
}
