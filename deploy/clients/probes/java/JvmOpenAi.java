import io.github.stefanbratanov.jvm.openai.*;
import io.github.stefanbratanov.jvm.openai.ThreadMessage.Content.TextContent;
import io.github.stefanbratanov.jvm.openai.ThreadMessage.Content.TextContent.Text.Annotation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** io.github.stefanbratanov:jvm-openai. */
final class JvmOpenAi implements Client {

    private final OpenAI openAi =
            OpenAI.newBuilder(System.getenv("OPENAI_API_KEY"))
                    .baseUrl(System.getenv("OPENAI_BASE_URL") + "/")
                    .build();

    public static void main(String... arguments) {
        Checks.of(new JvmOpenAi());
    }

    @Override
    public String createAssistant(String name, List<Client.Tool> tools, List<String> stores) {
        var request = CreateAssistantRequest.newBuilder().model("gpt-4o").name(name).instructions("Teach.");
        request.tools(tools.stream().map(JvmOpenAi::tool).toList());
        if (!stores.isEmpty()) {
            request.toolResources(ToolResources.fileSearchToolResources(stores.toArray(String[]::new)));
        }
        return openAi.assistantsClient().createAssistant(request.build()).id();
    }

    private static io.github.stefanbratanov.jvm.openai.Tool tool(Client.Tool tool) {
        return switch (tool) {
            case FUNCTION ->
                    io.github.stefanbratanov.jvm.openai.Tool.functionTool(
                            Function.newBuilder()
                                    .name("get_weather")
                                    .description("Tells the weather.")
                                    .parameters(
                                            Map.of(
                                                    "type", "object",
                                                    "properties", Map.of("city", Map.of("type", "string"))))
                                    .build());
            case CODE -> io.github.stefanbratanov.jvm.openai.Tool.codeInterpreterTool();
            case SEARCH -> io.github.stefanbratanov.jvm.openai.Tool.fileSearchTool();
        };
    }

    @Override
    public String assistantName(String assistant) {
        return openAi.assistantsClient().retrieveAssistant(assistant).name();
    }

    @Override
    public void renameAssistant(String assistant, String name) {
        openAi.assistantsClient().modifyAssistant(assistant, ModifyAssistantRequest.newBuilder().name(name).build());
    }

    @Override
    public List<String> assistants(int limit) {
        var page = PaginationQueryParameters.newBuilder().limit(limit).build();
        return openAi.assistantsClient().listAssistants(page).data().stream().map(Assistant::id).toList();
    }

    @Override
    public boolean deleteAssistant(String assistant) {
        return openAi.assistantsClient().deleteAssistant(assistant).deleted();
    }

    @Override
    public String createThread(List<String> messages) {
        var request = CreateThreadRequest.newBuilder();
        if (!messages.isEmpty()) {
            request.messages(
                    messages.stream()
                            .map(text -> CreateThreadRequest.Message.newBuilder().role(Role.USER).content(text).build())
                            .toList());
        }
        return openAi.threadsClient().createThread(request.build()).id();
    }

    @Override
    public String retrieveThread(String thread) {
        return openAi.threadsClient().retrieveThread(thread).id();
    }

    @Override
    public boolean deleteThread(String thread) {
        return openAi.threadsClient().deleteThread(thread).deleted();
    }

    @Override
    public void createMessage(String thread, String text) {
        var request = CreateMessageRequest.newBuilder().role(Role.USER).content(text).build();
        openAi.messagesClient().createMessage(thread, request);
    }

    @Override
    public List<Message> messages(String thread, boolean ascending) {
        return openAi.messagesClient().listMessages(thread, order(ascending), Optional.empty()).data().stream()
                .map(JvmOpenAi::seen)
                .toList();
    }

    private static PaginationQueryParameters order(boolean ascending) {
        return PaginationQueryParameters.newBuilder().order(ascending ? "asc" : "desc").build();
    }

    private static Message seen(ThreadMessage message) {
        var text = new StringBuilder();
        var files = new ArrayList<String>();
        for (var part : message.content()) {
            if (part instanceof TextContent said) {
                text.append(said.text().value());
                said.text().annotations().forEach(one -> files.add(file(one)));
            }
        }
        return new Message(message.role(), text.toString(), files);
    }

    private static String file(Annotation annotation) {
        return switch (annotation) {
            case Annotation.FilePathAnnotation path -> path.filePath().fileId();
            case Annotation.FileCitationAnnotation citation -> citation.fileCitation().fileId();
            default -> throw new AssertionError(annotation.type());
        };
    }

    @Override
    public Run createRun(String thread, String assistant) {
        return seen(openAi.runsClient().createRun(thread, Optional.empty(), running(assistant)));
    }

    @Override
    public Run retrieveRun(Run run) {
        return seen(openAi.runsClient().retrieveRun(run.thread(), run.id()));
    }

    @Override
    public Run cancelRun(Run run) {
        return seen(openAi.runsClient().cancelRun(run.thread(), run.id()));
    }

    private static CreateRunRequest running(String assistant) {
        return CreateRunRequest.newBuilder().assistantId(assistant).build();
    }

    private static CreateRunRequest streaming(String assistant) {
        return CreateRunRequest.newBuilder().assistantId(assistant).stream(true).build();
    }

    private static Run seen(ThreadRun run) {
        List<Call> calls =
                run.requiredAction() == null
                        ? List.of()
                        : run.requiredAction().submitToolOutputs().toolCalls().stream()
                                .map(ToolCall.FunctionToolCall.class::cast)
                                .map(call -> new Call(call.id(), call.function().name(), call.function().arguments()))
                                .toList();
        return new Run(run.id(), run.threadId(), run.status(), calls);
    }

    @Override
    public List<Event> streamRun(String thread, String assistant) {
        return seen(openAi.runsClient().createRunAndStream(thread, Optional.empty(), streaming(assistant)));
    }

    @Override
    public Run submit(Run run, Map<String, String> outputs) {
        return seen(openAi.runsClient().submitToolOutputs(run.thread(), run.id(), request(outputs).build()));
    }

    @Override
    public List<Event> streamSubmit(Run run, Map<String, String> outputs) {
        return seen(
                openAi.runsClient()
                        .submitToolOutputsAndStream(run.thread(), run.id(), request(outputs).stream(true).build()));
    }

    private static SubmitToolOutputsRequest.Builder request(Map<String, String> outputs) {
        return SubmitToolOutputsRequest.newBuilder()
                .toolOutputs(
                        outputs.entrySet().stream()
                                .map(
                                        one ->
                                                SubmitToolOutputsRequest.ToolOutput.newBuilder()
                                                        .toolCallId(one.getKey())
                                                        .output(one.getValue())
                                                        .build())
                                .toList());
    }

    private static List<Event> seen(Stream<AssistantStreamEvent> events) {
        return events.map(JvmOpenAi::seen).toList();
    }

    private static Event seen(AssistantStreamEvent event) {
        return switch (event.data()) {
            case ThreadMessageDelta delta ->
                    Event.text(
                            event.event(),
                            ((ThreadMessageDelta.Delta.Content.TextContent) delta.delta().content().getFirst())
                                    .text()
                                    .value());
            case ThreadRunStepDelta delta -> Event.arguments(event.event(), arguments(delta));
            case ThreadRun run -> Event.run(event.event(), seen(run));
            default -> Event.of(event.event());
        };
    }

    private static String arguments(ThreadRunStepDelta delta) {
        var text = new StringBuilder();
        if (delta.delta().stepDetails() instanceof ThreadRunStepDelta.StepDetails.ToolCallsStepDetails step) {
            for (var call : step.toolCalls()) {
                if (call instanceof DeltaToolCall.FunctionToolCall function) {
                    text.append(Objects.requireNonNullElse(function.function().arguments(), ""));
                }
            }
        }
        return text.toString();
    }

    @Override
    public List<String> stepTypes(Run run) {
        return openAi.runStepsClient().listRunSteps(run.thread(), run.id(), order(true), Optional.empty()).data().stream()
                .map(ThreadRunStep::type)
                .toList();
    }

    @Override
    public String upload(Path file) {
        return openAi.filesClient()
                .uploadFile(UploadFileRequest.newBuilder().file(file).purpose(Purpose.ASSISTANTS).build())
                .id();
    }

    @Override
    public String fileName(String file) {
        return openAi.filesClient().retrieveFile(file).filename();
    }

    @Override
    public String content(String file) {
        return new String(openAi.filesClient().retrieveFileContent(file), StandardCharsets.UTF_8);
    }

    @Override
    public boolean deleteFile(String file) {
        return openAi.filesClient().deleteFile(file).deleted();
    }

    @Override
    public String createStore(String name) {
        return openAi.vectorStoresClient()
                .createVectorStore(CreateVectorStoreRequest.newBuilder().name(name).build())
                .id();
    }

    @Override
    public void addToStore(String store, String file) {
        openAi.vectorStoreFilesClient()
                .createVectorStoreFile(store, CreateVectorStoreFileRequest.newBuilder().fileId(file).build());
    }

    @Override
    public String statusInStore(String store, String file) {
        return openAi.vectorStoreFilesClient().retrieveVectorStoreFile(store, file).status();
    }

    @Override
    public boolean deleteStore(String store) {
        return openAi.vectorStoresClient().deleteVectorStore(store).deleted();
    }

    @Override
    public int statusOf(Exception failure) {
        return ((OpenAIException) failure).statusCode();
    }
}
