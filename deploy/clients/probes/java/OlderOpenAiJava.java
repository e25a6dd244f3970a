import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.errors.NotFoundException;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.beta.assistants.*;
import com.openai.models.beta.threads.*;
import com.openai.models.beta.threads.Thread;
import com.openai.models.beta.threads.messages.*;
import com.openai.models.beta.threads.runs.*;
import com.openai.models.beta.threads.runs.steps.*;
import java.util.*;

/**
 * The official Java SDK in the spelling of its versions 0.x, every object validated: one line per
 * check. Run from its source, with the SDK on the class path.
 */
public final class OlderOpenAiJava {

    private static final String CALLING =
            """
            simulate {"calls": [{"name": "get_weather", "arguments": {"city": "Paris"}}],
                      "then": {"say": "Sunny."}}""";
    private static final Set<RunStatus> ON_THE_WAY =
            Set.of(RunStatus.QUEUED, RunStatus.IN_PROGRESS, RunStatus.CANCELLING);

    private final OpenAIClient client = OpenAIOkHttpClient.builder()
            .baseUrl(System.getenv("OPENAI_BASE_URL")).apiKey(System.getenv("OPENAI_API_KEY")).maxRetries(0).build();

    public static void main(String... arguments) {
        var probe = new OlderOpenAiJava();
        var checks = new LinkedHashMap<String, Checks.Check>();
        checks.put("anAssistantLivesFromCreationToDeletion", probe::anAssistantLivesFromCreationToDeletion);
        checks.put("aThreadLivesFromCreationToDeletion", probe::aThreadLivesFromCreationToDeletion);
        checks.put("messagesAreListedNewestFirst", probe::messagesAreListedNewestFirst);
        checks.put("aRunIsPolledToItsEnd", probe::aRunIsPolledToItsEnd);
        checks.put("aRunIsStreamedInOrder", probe::aRunIsStreamedInOrder);
        checks.put("aFunctionIsAnswered", probe::aFunctionIsAnswered);
        checks.put("aRunThatWaitsIsCancelled", probe::aRunThatWaitsIsCancelled);
        Checks.run(checks);
    }

    private void anAssistantLivesFromCreationToDeletion() {
        Assistant made = assistant();
        var retrieve = AssistantRetrieveParams.builder().assistantId(made.id()).build();
        Checks.same(client.beta().assistants().retrieve(retrieve).validate(), made);
        var update = AssistantUpdateParams.builder().assistantId(made.id()).name("Teacher").build();
        Checks.same(client.beta().assistants().update(update).validate().name().orElseThrow(), "Teacher");
        client.beta().assistants().list().data().forEach(Assistant::validate);
        var delete = AssistantDeleteParams.builder().assistantId(made.id()).build();
        Checks.same(client.beta().assistants().delete(delete).validate().deleted(), true);
        isNotFound(() -> client.beta().assistants().retrieve(retrieve));
    }

    private void aThreadLivesFromCreationToDeletion() {
        Thread made = threadSaying();
        var retrieve = ThreadRetrieveParams.builder().threadId(made.id()).build();
        Checks.same(client.beta().threads().retrieve(retrieve).validate().id(), made.id());
        var delete = ThreadDeleteParams.builder().threadId(made.id()).build();
        Checks.same(client.beta().threads().delete(delete).validate().deleted(), true);
        isNotFound(() -> client.beta().threads().retrieve(retrieve));
    }

    private void messagesAreListedNewestFirst() {
        Checks.same(said(threadSaying("One.", "Two.", "Three.")), List.of("Three.", "Two.", "One."));
    }

    private void aRunIsPolledToItsEnd() {
        Thread thread = threadSaying("simulate {\"say\": \"Hello.\"}");
        Run run = polled(client.beta().threads().runs().create(running(thread)).validate());
        Checks.same(run.status(), RunStatus.COMPLETED);
        Checks.same(said(thread).getFirst(), "Hello.");
        var steps = StepListParams.builder().threadId(thread.id()).runId(run.id()).build();
        Checks.same(client.beta().threads().runs().steps().list(steps).data().stream()
                .map(step -> step.validate().status()).toList(), List.of(RunStep.Status.COMPLETED));
    }

    private void aRunIsStreamedInOrder() {
        Thread thread = threadSaying("simulate {\"say\": \"Hello.\"}");
        try (var stream = client.beta().threads().runs().createStreaming(running(thread))) {
            List<AssistantStreamEvent> events = stream.stream().map(AssistantStreamEvent::validate).toList();
            Checks.same(events.getFirst().isThreadRunCreated(), true);
            Checks.same(events.stream().anyMatch(AssistantStreamEvent::isThreadMessageDelta), true);
            Checks.same(events.getLast().isThreadRunCompleted(), true);
        }
    }

    private void aFunctionIsAnswered() {
        Run run = waiting();
        var call = run.requiredAction().orElseThrow().submitToolOutputs().toolCalls().getFirst();
        Checks.same(call.function().name(), "get_weather");
        var outputs = RunSubmitToolOutputsParams.builder().threadId(run.threadId()).runId(run.id())
                .addToolOutput(RunSubmitToolOutputsParams.ToolOutput.builder().toolCallId(call.id()).output("sunny").build())
                .build();
        Checks.same(polled(client.beta().threads().runs().submitToolOutputs(outputs).validate()).status(), RunStatus.COMPLETED);
    }

    private void aRunThatWaitsIsCancelled() {
        Run run = waiting();
        var cancel = RunCancelParams.builder().threadId(run.threadId()).runId(run.id()).build();
        Checks.same(polled(client.beta().threads().runs().cancel(cancel).validate()).status(), RunStatus.CANCELLED);
    }

    private Run waiting() {
        Run run = polled(client.beta().threads().runs().create(running(threadSaying(CALLING))).validate());
        Checks.same(run.status(), RunStatus.REQUIRES_ACTION);
        return run;
    }

    private Run polled(Run run) {
        var retrieve = RunRetrieveParams.builder().threadId(run.threadId()).runId(run.id()).build();
        while (ON_THE_WAY.contains(run.status())) {
            run = client.beta().threads().runs().retrieve(retrieve).validate();
        }
        return run;
    }

    private RunCreateParams running(Thread thread) {
        return RunCreateParams.builder().threadId(thread.id()).assistantId(assistant().id()).build();
    }

    private Assistant assistant() {
        var city = JsonValue.from(Map.of("city", Map.of("type", "string")));
        var function = FunctionDefinition.builder().name("get_weather").description("Tells the weather.")
                .parameters(FunctionParameters.builder().putAdditionalProperty("type", JsonValue.from("object"))
                        .putAdditionalProperty("properties", city).build())
                .build();
        return client.beta().assistants().create(AssistantCreateParams.builder()
                .model("gpt-4o").name("Tutor").instructions("Teach.").addFunctionTool(function).build()).validate();
    }

    private Thread threadSaying(String... words) {
        var thread = ThreadCreateParams.builder();
        for (String said : words) {
            thread.addMessage(ThreadCreateParams.Message.builder()
                    .role(ThreadCreateParams.Message.Role.USER).content(said).build());
        }
        return client.beta().threads().create(thread.build()).validate();
    }

    private List<String> said(Thread thread) {
        var messages = client.beta().threads().messages()
                .list(MessageListParams.builder().threadId(thread.id()).build());
        return messages.data().stream()
                .map(one -> one.validate().content().getFirst().asText().text().value()).toList();
    }

    private static void isNotFound(Runnable call) {
        try {
            call.run();
        } catch (NotFoundException expected) {
            return;
        }
        throw new AssertionError("it is still there");
    }
}
