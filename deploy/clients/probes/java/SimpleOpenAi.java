import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.github.sashirestela.cleverclient.support.CleverClientException;
import io.github.sashirestela.openai.SimpleOpenAI;
import io.github.sashirestela.openai.common.PageRequest;
import io.github.sashirestela.openai.common.content.ContentPart.ContentPartTextAnnotation;
import io.github.sashirestela.openai.common.content.FileAnnotation;
import io.github.sashirestela.openai.common.content.FileAnnotation.FileCitationAnnotation;
import io.github.sashirestela.openai.common.content.FileAnnotation.FilePathAnnotation;
import io.github.sashirestela.openai.common.function.FunctionDef;
import io.github.sashirestela.openai.common.function.Functional;
import io.github.sashirestela.openai.domain.assistant.*;
import io.github.sashirestela.openai.domain.assistant.StepDetail.ToolCallsStep;
import io.github.sashirestela.openai.domain.assistant.StepDetail.ToolCallsStep.StepToolCall.FunctionToolCall;
import io.github.sashirestela.openai.domain.file.FileRequest;
import io.github.sashirestela.openai.domain.file.FileRequest.PurposeType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** io.github.sashirestela:simple-openai. */
final class SimpleOpenAi implements Client {

    /** The arguments of the function, as this library describes them. */
    public static class Weather implements Functional {

        @JsonPropertyDescription("The city.")
        public String city;

        @Override
        public Object execute() {
            return "sunny";
        }
    }

    private final SimpleOpenAI openAi =
            SimpleOpenAI.builder()
                    // This library adds /v1 itself.
                    .baseUrl(System.getenv("OPENAI_BASE_URL").replaceFirst("/v1$", ""))
                    .apiKey(System.getenv("OPENAI_API_KEY"))
                    .build();

    public static void main(String... arguments) {
        Checks.of(new SimpleOpenAi());
    }

    @Override
    public String createAssistant(String name, List<Tool> tools, List<String> stores) {
        var request = AssistantRequest.builder().model("gpt-4o").name(name).instructions("Teach.");
        for (Tool tool : tools) {
            request.tool(
                    switch (tool) {
                        case FUNCTION ->
                                io.github.sashirestela.openai.common.tool.Tool.function(
                                        FunctionDef.builder()
                                                .name("get_weather")
                                                .description("Tells the weather.")
                                                .functionalClass(Weather.class)
                                                .build());
                        case CODE -> AssistantTool.codeInterpreter();
                        case SEARCH -> AssistantTool.fileSearch();
                    });
        }
        if (!stores.isEmpty()) {
            var search = ToolResourceFull.FileSearch.builder().vectorStoreIds(stores).build();
            request.toolResources(ToolResourceFull.builder().fileSearch(search).build());
        }
        return openAi.assistants().create(request.build()).join().getId();
    }

    @Override
    public String assistantName(String assistant) {
        return openAi.assistants().getOne(assistant).join().getName();
    }

    @Override
    public void renameAssistant(String assistant, String name) {
        var request = AssistantModifyRequest.builder().name(name).build();
        openAi.assistants().modify(assistant, request).join();
    }

    @Override
    public List<String> assistants(int limit) {
        return openAi.assistants().getList(PageRequest.builder().limit(limit).build()).join().getData().stream()
                .map(Assistant::getId)
                .toList();
    }

    @Override
    public boolean deleteAssistant(String assistant) {
        return openAi.assistants().delete(assistant).join().getDeleted();
    }

    @Override
    public String createThread(List<String> messages) {
        var request = ThreadRequest.builder();
        messages.forEach(text -> request.message(message(text)));
        return openAi.threads().create(request.build()).join().getId();
    }

    @Override
    public String retrieveThread(String thread) {
        return openAi.threads().getOne(thread).join().getId();
    }

    @Override
    public boolean deleteThread(String thread) {
        return openAi.threads().delete(thread).join().getDeleted();
    }

    @Override
    public void createMessage(String thread, String text) {
        openAi.threadMessages().create(thread, message(text)).join();
    }

    private static ThreadMessageRequest message(String text) {
        return ThreadMessageRequest.builder().role(ThreadMessageRole.USER).content(text).build();
    }

    @Override
    public List<Message> messages(String thread, boolean ascending) {
        var page = PageRequest.builder().order(ascending ? PageRequest.Order.ASC : PageRequest.Order.DESC).build();
        return openAi.threadMessages().getList(thread, page, null).join().getData().stream()
                .map(SimpleOpenAi::seen)
                .toList();
    }

    private static Message seen(ThreadMessage message) {
        var text = new StringBuilder();
        var files = new ArrayList<String>();
        for (var part : message.getContent()) {
            if (part instanceof ContentPartTextAnnotation said) {
                text.append(said.getText().getValue());
                said.getText().getAnnotations().forEach(one -> files.add(file(one)));
            }
        }
        return new Message(wire(message.getRole()), text.toString(), files);
    }

    private static String file(FileAnnotation annotation) {
        return switch (annotation) {
            case FilePathAnnotation path -> path.getFilePath().getFileId();
            case FileCitationAnnotation citation -> citation.getFileCitation().getFileId();
            default -> throw new AssertionError(annotation.getType());
        };
    }

    @Override
    public Run createRun(String thread, String assistant) {
        return seen(openAi.threadRuns().create(thread, running(assistant)).join());
    }

    @Override
    public Run retrieveRun(Run run) {
        return seen(openAi.threadRuns().getOne(run.thread(), run.id()).join());
    }

    @Override
    public Run cancelRun(Run run) {
        return seen(openAi.threadRuns().cancel(run.thread(), run.id()).join());
    }

    private static ThreadRunRequest running(String assistant) {
        return ThreadRunRequest.builder().assistantId(assistant).build();
    }

    private static Run seen(ThreadRun run) {
        List<Call> calls =
                run.getRequiredAction() == null
                        ? List.of()
                        : run.getRequiredAction().getSubmitToolOutputs().getToolCalls().stream()
                                .map(
                                        call ->
                                                new Call(
                                                        call.getId(),
                                                        call.getFunction().getName(),
                                                        call.getFunction().getArguments()))
                                .toList();
        return new Run(run.getId(), run.getThreadId(), wire(run.getStatus()), calls);
    }

    @Override
    public List<Event> streamRun(String thread, String assistant) {
        return seen(openAi.threadRuns().createStream(thread, running(assistant)).join());
    }

    @Override
    public Run submit(Run run, Map<String, String> outputs) {
        return seen(openAi.threadRuns().submitToolOutput(run.thread(), run.id(), request(outputs)).join());
    }

    @Override
    public List<Event> streamSubmit(Run run, Map<String, String> outputs) {
        return seen(openAi.threadRuns().submitToolOutputStream(run.thread(), run.id(), request(outputs)).join());
    }

    private static ThreadRunSubmitOutputRequest request(Map<String, String> outputs) {
        var request = ThreadRunSubmitOutputRequest.builder();
        outputs.forEach(
                (call, output) ->
                        request.toolOutput(
                                ThreadRunSubmitOutputRequest.ToolOutput.builder()
                                        .toolCallId(call)
                                        .output(output)
                                        .build()));
        return request.build();
    }

    private static List<Event> seen(Stream<io.github.sashirestela.cleverclient.Event> events) {
        return events.map(SimpleOpenAi::seen).toList();
    }

    private static Event seen(io.github.sashirestela.cleverclient.Event event) {
        return switch (event.getData()) {
            case ThreadMessageDelta delta ->
                    Event.text(
                            event.getName(),
                            ((ContentPartTextAnnotation) delta.getDelta().getContent().getFirst()).getText().getValue());
            case ThreadRunStepDelta delta -> Event.arguments(event.getName(), arguments(delta));
            case ThreadRun run -> Event.run(event.getName(), seen(run));
            default -> Event.of(event.getName());
        };
    }

    private static String arguments(ThreadRunStepDelta delta) {
        var text = new StringBuilder();
        if (delta.getDelta().getStepDetails() instanceof ToolCallsStep step) {
            for (var call : step.getToolCalls()) {
                if (call instanceof FunctionToolCall function) {
                    text.append(Objects.requireNonNullElse(function.getFunction().getArguments(), ""));
                }
            }
        }
        return text.toString();
    }

    @Override
    public List<String> stepTypes(Run run) {
        var page = PageRequest.builder().order(PageRequest.Order.ASC).build();
        return openAi.threadRunSteps().getList(run.thread(), run.id(), page).join().getData().stream()
                .map(step -> wire(step.getType()))
                .toList();
    }

    @Override
    public String upload(Path file) {
        return openAi.files()
                .create(FileRequest.builder().file(file).purpose(PurposeType.ASSISTANTS).build())
                .join()
                .getId();
    }

    @Override
    public String fileName(String file) {
        return openAi.files().getOne(file).join().getFilename();
    }

    @Override
    public String content(String file) {
        return openAi.files().getContent(file).join();
    }

    @Override
    public boolean deleteFile(String file) {
        return openAi.files().delete(file).join().getDeleted();
    }

    @Override
    public String createStore(String name) {
        return openAi.vectorStores().create(VectorStoreRequest.builder().name(name).build()).join().getId();
    }

    @Override
    public void addToStore(String store, String file) {
        openAi.vectorStoreFiles().create(store, file).join();
    }

    @Override
    public String statusInStore(String store, String file) {
        return wire(openAi.vectorStoreFiles().getOne(store, file).join().getStatus());
    }

    @Override
    public boolean deleteStore(String store) {
        return openAi.vectorStores().delete(store).join().getDeleted();
    }

    @Override
    public int statusOf(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CleverClientException refusal && refusal.responseInfo().isPresent()) {
                return refusal.responseInfo().get().getStatusCode();
            }
        }
        throw new AssertionError("it is no refusal", failure);
    }

    private static String wire(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
