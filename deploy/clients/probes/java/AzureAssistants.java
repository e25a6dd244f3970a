import com.azure.ai.openai.assistants.AssistantsClient;
import com.azure.ai.openai.assistants.AssistantsClientBuilder;
import com.azure.ai.openai.assistants.models.*;
import com.azure.core.credential.AzureKeyCredential;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.rest.RequestOptions;
import com.azure.core.util.BinaryData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** com.azure:azure-ai-openai-assistants, in Azure's spelling; it gives its key to nobody without TLS. */
final class AzureAssistants implements Client {

    private final AssistantsClient openAi =
            new AssistantsClientBuilder()
                    .endpoint(System.getenv("AZURE_OPENAI_ENDPOINT"))
                    .credential(new AzureKeyCredential(System.getenv("OPENAI_API_KEY")))
                    .buildClient();

    public static void main(String... arguments) {
        Checks.of(new AzureAssistants());
    }

    @Override
    public String createAssistant(String name, List<Tool> tools, List<String> stores) {
        var request = new AssistantCreationOptions("gpt-4o").setName(name).setInstructions("Teach.");
        request.setTools(tools.stream().map(AzureAssistants::tool).toList());
        if (!stores.isEmpty()) {
            var search =
                    new CreateFileSearchToolResourceOptions(new CreateFileSearchToolResourceVectorStoreIds(stores));
            request.setToolResources(new CreateToolResourcesOptions().setFileSearch(search));
        }
        return openAi.createAssistant(request).getId();
    }

    private static ToolDefinition tool(Tool tool) {
        return switch (tool) {
            case FUNCTION ->
                    new FunctionToolDefinition(
                            new FunctionDefinition(
                                            "get_weather",
                                            BinaryData.fromObject(
                                                    Map.of(
                                                            "type", "object",
                                                            "properties", Map.of("city", Map.of("type", "string")))))
                                    .setDescription("Tells the weather."));
            case CODE -> new CodeInterpreterToolDefinition();
            case SEARCH -> new FileSearchToolDefinition();
        };
    }

    @Override
    public String assistantName(String assistant) {
        return openAi.getAssistant(assistant).getName();
    }

    @Override
    public void renameAssistant(String assistant, String name) {
        openAi.updateAssistant(assistant, new UpdateAssistantOptions().setName(name));
    }

    @Override
    public List<String> assistants(int limit) {
        return openAi.listAssistants(limit, ListSortOrder.DESCENDING, null, null).getData().stream()
                .map(Assistant::getId)
                .toList();
    }

    @Override
    public boolean deleteAssistant(String assistant) {
        return openAi.deleteAssistant(assistant).isDeleted();
    }

    @Override
    public String createThread(List<String> messages) {
        var request =
                new AssistantThreadCreationOptions()
                        .setMessages(messages.stream().map(AzureAssistants::message).toList());
        return openAi.createThread(request).getId();
    }

    @Override
    public String retrieveThread(String thread) {
        return openAi.getThread(thread).getId();
    }

    @Override
    public boolean deleteThread(String thread) {
        return openAi.deleteThread(thread).isDeleted();
    }

    @Override
    public void createMessage(String thread, String text) {
        openAi.createMessage(thread, message(text));
    }

    private static ThreadMessageOptions message(String text) {
        return new ThreadMessageOptions(MessageRole.USER, text);
    }

    @Override
    public List<Message> messages(String thread, boolean ascending) {
        var order = ascending ? ListSortOrder.ASCENDING : ListSortOrder.DESCENDING;
        return openAi.listMessages(thread, 20, order, null, null).getData().stream()
                .map(AzureAssistants::seen)
                .toList();
    }

    private static Message seen(ThreadMessage message) {
        var text = new StringBuilder();
        var files = new ArrayList<String>();
        for (MessageContent part : message.getContent()) {
            if (part instanceof MessageTextContent said) {
                text.append(said.getText().getValue());
                said.getText().getAnnotations().forEach(one -> files.add(file(one)));
            }
        }
        return new Message(message.getRole().toString(), text.toString(), files);
    }

    private static String file(MessageTextAnnotation annotation) {
        return switch (annotation) {
            case MessageTextFilePathAnnotation path -> path.getFilePath().getFileId();
            case MessageTextFileCitationAnnotation citation -> citation.getFileCitation().getFileId();
            default -> throw new AssertionError(annotation.getType());
        };
    }

    @Override
    public Run createRun(String thread, String assistant) {
        return seen(openAi.createRun(thread, new CreateRunOptions(assistant)));
    }

    @Override
    public Run retrieveRun(Run run) {
        return seen(openAi.getRun(run.thread(), run.id()));
    }

    @Override
    public Run cancelRun(Run run) {
        return seen(openAi.cancelRun(run.thread(), run.id()));
    }

    private static Run seen(ThreadRun run) {
        List<Call> calls =
                run.getRequiredAction() instanceof SubmitToolOutputsAction action
                        ? action.getSubmitToolOutputs().getToolCalls().stream()
                                .map(RequiredFunctionToolCall.class::cast)
                                .map(AzureAssistants::seen)
                                .toList()
                        : List.of();
        return new Run(run.getId(), run.getThreadId(), run.getStatus().toString(), calls);
    }

    private static Call seen(RequiredFunctionToolCall call) {
        return new Call(call.getId(), call.getFunction().getName(), call.getFunction().getArguments());
    }

    @Override
    public List<Event> streamRun(String thread, String assistant) {
        return seen(openAi.createRunStream(thread, new CreateRunOptions(assistant)));
    }

    @Override
    public Run submit(Run run, Map<String, String> outputs) {
        return seen(openAi.submitToolOutputsToRun(run.thread(), run.id(), request(outputs)));
    }

    @Override
    public List<Event> streamSubmit(Run run, Map<String, String> outputs) {
        return seen(openAi.submitToolOutputsToRunStream(run.thread(), run.id(), request(outputs)));
    }

    private static List<ToolOutput> request(Map<String, String> outputs) {
        return outputs.entrySet().stream()
                .map(one -> new ToolOutput().setToolCallId(one.getKey()).setOutput(one.getValue()))
                .toList();
    }

    private static List<Event> seen(Iterable<StreamUpdate> events) {
        var seen = new ArrayList<Event>();
        for (StreamUpdate event : events) {
            seen.add(seen(event));
        }
        return seen;
    }

    private static Event seen(StreamUpdate event) {
        String name = event.getKind().toString();
        return switch (event) {
            case StreamMessageUpdate delta ->
                    Event.text(
                            name,
                            ((MessageDeltaTextContentObject) delta.getMessage().getDelta().getContent().getFirst())
                                    .getText()
                                    .getValue());
            case StreamRunStepUpdate delta -> Event.arguments(name, arguments(delta.getMessage()));
            case StreamRequiredAction waiting -> Event.run(name, seen(waiting.getMessage()));
            default -> Event.of(name);
        };
    }

    private static String arguments(RunStepDeltaChunk delta) {
        var text = new StringBuilder();
        if (delta.getDelta().getStepDetails() instanceof RunStepDeltaToolCallObject step) {
            for (var call : step.getToolCalls()) {
                if (call instanceof RunStepDeltaFunctionToolCall function) {
                    text.append(Objects.requireNonNullElse(function.getFunction().getArguments(), ""));
                }
            }
        }
        return text.toString();
    }

    @Override
    public List<String> stepTypes(Run run) {
        return openAi.listRunSteps(run.thread(), run.id(), 20, ListSortOrder.ASCENDING, null, null).getData().stream()
                .map(step -> step.getType().toString())
                .toList();
    }

    @Override
    public String upload(Path file) {
        var details = new FileDetails(BinaryData.fromFile(file), file.getFileName().toString());
        return openAi.uploadFile(details, FilePurpose.ASSISTANTS).getId();
    }

    @Override
    public String fileName(String file) {
        return openAi.getFile(file).getFilename();
    }

    @Override
    public String content(String file) {
        // The shorter getFileContent takes every file for JSON.
        return openAi.getFileContentWithResponse(file, new RequestOptions()).getValue().toString();
    }

    @Override
    public boolean deleteFile(String file) {
        return openAi.deleteFile(file).isDeleted();
    }

    @Override
    public String createStore(String name) {
        return openAi.createVectorStore(new VectorStoreOptions().setName(name)).getId();
    }

    @Override
    public void addToStore(String store, String file) {
        openAi.createVectorStoreFile(store, file);
    }

    @Override
    public String statusInStore(String store, String file) {
        return openAi.getVectorStoreFile(store, file).getStatus().toString();
    }

    @Override
    public boolean deleteStore(String store) {
        return openAi.deleteVectorStore(store).isDeleted();
    }

    @Override
    public int statusOf(Exception failure) {
        return ((HttpResponseException) failure).getResponse().getStatusCode();
    }
}
