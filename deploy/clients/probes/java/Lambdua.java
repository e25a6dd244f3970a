import com.theokanning.openai.ListSearchParameters;
import com.theokanning.openai.OpenAiHttpException;
import com.theokanning.openai.assistants.assistant.*;
import com.theokanning.openai.assistants.message.MessageContent;
import com.theokanning.openai.assistants.message.MessageListSearchParameters;
import com.theokanning.openai.assistants.message.MessageRequest;
import com.theokanning.openai.assistants.message.content.Annotation;
import com.theokanning.openai.assistants.message.content.MessageDelta;
import com.theokanning.openai.assistants.run.RunCreateRequest;
import com.theokanning.openai.assistants.run.SubmitToolOutputRequestItem;
import com.theokanning.openai.assistants.run.SubmitToolOutputsRequest;
import com.theokanning.openai.assistants.run_step.RunStep;
import com.theokanning.openai.assistants.run_step.RunStepDelta;
import com.theokanning.openai.assistants.thread.ThreadRequest;
import com.theokanning.openai.assistants.vector_store.VectorStoreRequest;
import com.theokanning.openai.function.FunctionDefinition;
import com.theokanning.openai.service.OpenAiService;
import com.theokanning.openai.service.assistant_stream.AssistantSSE;
import io.reactivex.Flowable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** io.github.lambdua:service, a successor of theokanning's openai-java. */
final class Lambdua implements Client {

    /** The arguments of the function, as this library describes them. */
    public static class Weather {
        public String city;
    }

    private final OpenAiService openAi =
            new OpenAiService(
                    System.getenv("OPENAI_API_KEY"), Duration.ofMinutes(1), System.getenv("OPENAI_BASE_URL") + "/");

    public static void main(String... arguments) {
        Checks.of(new Lambdua());
    }

    @Override
    public String createAssistant(String name, List<Client.Tool> tools, List<String> stores) {
        var request = AssistantRequest.builder().model("gpt-4o").name(name).instructions("Teach.");
        request.tools(tools.stream().map(Lambdua::tool).toList());
        if (!stores.isEmpty()) {
            var search = new FileSearchResources();
            search.setVectorStoreIds(stores);
            request.toolResources(new ToolResources(search));
        }
        return openAi.createAssistant(request.build()).getId();
    }

    private static com.theokanning.openai.assistants.assistant.Tool tool(Client.Tool tool) {
        return switch (tool) {
            case FUNCTION ->
                    new FunctionTool(
                            FunctionDefinition.<Weather>builder()
                                    .name("get_weather")
                                    .description("Tells the weather.")
                                    .parametersDefinitionByClass(Weather.class)
                                    .executor(city -> "sunny")
                                    .build());
            case CODE -> new CodeInterpreterTool();
            case SEARCH -> new FileSearchTool();
        };
    }

    @Override
    public String assistantName(String assistant) {
        return openAi.retrieveAssistant(assistant).getName();
    }

    @Override
    public void renameAssistant(String assistant, String name) {
        openAi.modifyAssistant(assistant, ModifyAssistantRequest.builder().name(name).build());
    }

    @Override
    public List<String> assistants(int limit) {
        return openAi.listAssistants(ListSearchParameters.builder().limit(limit).build()).getData().stream()
                .map(Assistant::getId)
                .toList();
    }

    @Override
    public boolean deleteAssistant(String assistant) {
        return openAi.deleteAssistant(assistant).isDeleted();
    }

    @Override
    public String createThread(List<String> messages) {
        var request = ThreadRequest.builder().messages(messages.stream().map(Lambdua::message).toList());
        return openAi.createThread(request.build()).getId();
    }

    @Override
    public String retrieveThread(String thread) {
        return openAi.retrieveThread(thread).getId();
    }

    @Override
    public boolean deleteThread(String thread) {
        return openAi.deleteThread(thread).isDeleted();
    }

    @Override
    public void createMessage(String thread, String text) {
        openAi.createMessage(thread, message(text));
    }

    private static MessageRequest message(String text) {
        return MessageRequest.builder().role("user").textMessage(text).build();
    }

    @Override
    public List<Message> messages(String thread, boolean ascending) {
        var page = MessageListSearchParameters.builder().order(order(ascending)).build();
        return openAi.listMessages(thread, page).getData().stream().map(Lambdua::seen).toList();
    }

    private static ListSearchParameters.Order order(boolean ascending) {
        return ascending ? ListSearchParameters.Order.ASCENDING : ListSearchParameters.Order.DESCENDING;
    }

    private static Message seen(com.theokanning.openai.assistants.message.Message message) {
        var text = new StringBuilder();
        var files = new ArrayList<String>();
        for (MessageContent part : message.getContent()) {
            if (part.getText() != null) {
                text.append(part.getText().getValue());
                part.getText().getAnnotations().forEach(one -> files.add(file(one)));
            }
        }
        return new Message(message.getRole(), text.toString(), files);
    }

    private static String file(Annotation annotation) {
        return annotation.getFilePath() == null
                ? annotation.getFileCitation().getFileId()
                : annotation.getFilePath().getFileId();
    }

    @Override
    public Run createRun(String thread, String assistant) {
        return seen(openAi.createRun(thread, running(assistant)));
    }

    @Override
    public Run retrieveRun(Run run) {
        return seen(openAi.retrieveRun(run.thread(), run.id()));
    }

    @Override
    public Run cancelRun(Run run) {
        return seen(openAi.cancelRun(run.thread(), run.id()));
    }

    private static RunCreateRequest running(String assistant) {
        return RunCreateRequest.builder().assistantId(assistant).build();
    }

    private static Run seen(com.theokanning.openai.assistants.run.Run run) {
        List<Call> calls =
                run.getRequiredAction() == null
                        ? List.of()
                        : run.getRequiredAction().getSubmitToolOutputs().getToolCalls().stream()
                                .map(
                                        call ->
                                                new Call(
                                                        call.getId(),
                                                        call.getFunction().getName(),
                                                        call.getFunction().getArguments().toString()))
                                .toList();
        return new Run(run.getId(), run.getThreadId(), run.getStatus(), calls);
    }

    @Override
    public List<Event> streamRun(String thread, String assistant) {
        return seen(openAi.createRunStream(thread, running(assistant)));
    }

    @Override
    public Run submit(Run run, Map<String, String> outputs) {
        return seen(openAi.submitToolOutputs(run.thread(), run.id(), request(outputs)));
    }

    @Override
    public List<Event> streamSubmit(Run run, Map<String, String> outputs) {
        return seen(openAi.submitToolOutputsStream(run.thread(), run.id(), request(outputs)));
    }

    private static SubmitToolOutputsRequest request(Map<String, String> outputs) {
        return SubmitToolOutputsRequest.builder()
                .toolOutputs(
                        outputs.entrySet().stream()
                                .map(
                                        one ->
                                                SubmitToolOutputRequestItem.builder()
                                                        .toolCallId(one.getKey())
                                                        .output(one.getValue())
                                                        .build())
                                .toList())
                .build();
    }

    private static List<Event> seen(Flowable<AssistantSSE> events) {
        var seen = new ArrayList<Event>();
        events.filter(event -> !event.isDone()).blockingForEach(event -> seen.add(seen(event)));
        return seen;
    }

    private static Event seen(AssistantSSE event) {
        String name = event.getEvent().eventName;
        return switch ((Object) event.getPojo()) {
            case MessageDelta delta ->
                    Event.text(name, delta.getDelta().getContent().getFirst().getText().getValue());
            case RunStepDelta delta -> Event.arguments(name, arguments(delta));
            case com.theokanning.openai.assistants.run.Run run -> Event.run(name, seen(run));
            default -> Event.of(name);
        };
    }

    private static String arguments(RunStepDelta delta) {
        var text = new StringBuilder();
        var step = delta.getDelta().getStepDetails();
        if (step.getToolCalls() != null) {
            for (var call : step.getToolCalls()) {
                if (call.getFunction() != null && call.getFunction().getArguments() != null) {
                    text.append(call.getFunction().getArguments().asText());
                }
            }
        }
        return text.toString();
    }

    @Override
    public List<String> stepTypes(Run run) {
        var page = ListSearchParameters.builder().order(order(true)).build();
        return openAi.listRunSteps(run.thread(), run.id(), page).getData().stream().map(RunStep::getType).toList();
    }

    @Override
    public String upload(Path file) {
        return openAi.uploadFile("assistants", file.toString()).getId();
    }

    @Override
    public String fileName(String file) {
        return openAi.retrieveFile(file).getFilename();
    }

    @Override
    public String content(String file) throws IOException {
        return openAi.retrieveFileContent(file).string();
    }

    @Override
    public boolean deleteFile(String file) {
        return openAi.deleteFile(file).isDeleted();
    }

    @Override
    public String createStore(String name) {
        return openAi.createVectorStore(VectorStoreRequest.builder().name(name).build()).getId();
    }

    @Override
    public void addToStore(String store, String file) {
        openAi.createVectorStoreFile(store, VectorStoreFileRequest.builder().fileId(file).build());
    }

    @Override
    public String statusInStore(String store, String file) {
        return openAi.retrieveVectorStoreFile(store, file).getStatus();
    }

    @Override
    public boolean deleteStore(String store) {
        return openAi.deleteVectorStore(store).isDeleted();
    }

    @Override
    public int statusOf(Exception failure) {
        return ((OpenAiHttpException) failure).statusCode;
    }
}
