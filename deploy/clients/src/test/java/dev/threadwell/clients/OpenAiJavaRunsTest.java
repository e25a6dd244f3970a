package dev.threadwell.clients;

import static dev.threadwell.clients.OpenAiJava.CALLING;
import static dev.threadwell.clients.OpenAiJava.SAYING;
import static dev.threadwell.clients.OpenAiJava.WORDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.openai.core.JsonValue;
import com.openai.models.beta.assistants.AssistantStreamEvent;
import com.openai.models.beta.threads.ThreadCreateAndRunParams;
import com.openai.models.beta.threads.messages.TextDeltaBlock;
import com.openai.models.beta.threads.runs.Run;
import com.openai.models.beta.threads.runs.RunCancelParams;
import com.openai.models.beta.threads.runs.RunStatus;
import com.openai.models.beta.threads.runs.steps.RunStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@AgainstThreadwell
@ExtendWith(CountedForConformance.class)
class OpenAiJavaRunsTest {

    private static final List<String> TEXT =
            List.of(
                    "thread.run.created",
                    "thread.run.queued",
                    "thread.run.in_progress",
                    "thread.run.step.created",
                    "thread.run.step.in_progress",
                    "thread.message.created",
                    "thread.message.in_progress",
                    "thread.message.delta",
                    "thread.message.completed",
                    "thread.run.step.completed",
                    "thread.run.completed");

    private final OpenAiJava sdk;

    OpenAiJavaRunsTest(Target target) {
        this.sdk = OpenAiJava.of(target);
    }

    @Test
    void aRunIsPolledToItsAnswer() {
        var thread = sdk.threadSaying(SAYING);

        Run run = sdk.run(thread, sdk.assistant());
        assertThat(run.status()).isEqualTo(RunStatus.QUEUED);
        Run ended = sdk.polled(run);

        assertThat(ended.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(ended.usage()).isPresent();
        assertThat(ended.expiresAt()).isEmpty();
        assertThat(sdk.said(thread.id())).containsExactly(WORDS, SAYING);
        assertThat(sdk.steps(ended))
                .singleElement()
                .matches(step -> step.stepDetails().isMessageCreation());
    }

    @Test
    void eventsOfATextComeInOrder() {
        var events = sdk.streamed(sdk.threadSaying(SAYING), sdk.assistant());

        assertThat(onceEach(events)).isEqualTo(TEXT);
        assertThat(said(events)).isEqualTo(WORDS);
    }

    @Test
    void aNewThreadIsStreamedFromItsCreation() {
        var message =
                ThreadCreateAndRunParams.Thread.Message.builder()
                        .role(ThreadCreateAndRunParams.Thread.Message.Role.USER)
                        .content(SAYING)
                        .build();
        var params =
                ThreadCreateAndRunParams.builder()
                        .assistantId(sdk.assistant().id())
                        .thread(
                                ThreadCreateAndRunParams.Thread.builder()
                                        .addMessage(message)
                                        .build())
                        .build();

        var events = OpenAiJava.read(sdk.client().beta().threads().createAndRunStreaming(params));

        assertThat(onceEach(events).getFirst()).isEqualTo("thread.created");
        assertThat(onceEach(events).subList(1, TEXT.size() + 1)).isEqualTo(TEXT);
        assertThat(said(events)).isEqualTo(WORDS);
    }

    @Test
    void aRunWaitsForOutputsAndThenAnswers() {
        Run run = sdk.waitingForOutputs();
        var calls = OpenAiJava.calls(run);
        assertThat(calls)
                .extracting(call -> call.function().name())
                .containsExactly("get_weather", "get_time");

        Run submitted =
                sdk.client()
                        .beta()
                        .threads()
                        .runs()
                        .submitToolOutputs(OpenAiJava.outputs(run, calls))
                        .validate();
        assertThat(submitted.status()).isEqualTo(RunStatus.QUEUED);
        assertThat(submitted.requiredAction()).isEmpty();
        assertThat(sdk.polled(submitted).status()).isEqualTo(RunStatus.COMPLETED);

        assertThat(sdk.said(run.threadId()).getFirst()).isEqualTo("Sunny at noon.");
        assertThat(outputsOf(sdk.steps(run).getFirst())).containsExactly("sunny", "sunny");
    }

    @Test
    void eventsOfFunctionsComeInOrder() {
        var events = sdk.streamed(sdk.threadSaying(CALLING), sdk.assistantWithFunctions());
        assertThat(onceEach(events).subList(3, onceEach(events).size()))
                .containsExactly(
                        "thread.run.step.created",
                        "thread.run.step.in_progress",
                        "thread.run.step.delta",
                        "thread.run.requires_action");
        Run waiting = events.getLast().asThreadRunRequiresAction().data();

        var outputs = OpenAiJava.outputs(waiting, OpenAiJava.calls(waiting));
        var rest =
                OpenAiJava.read(
                        sdk.client().beta().threads().runs().submitToolOutputsStreaming(outputs));

        assertThat(onceEach(rest).getFirst()).isEqualTo("thread.run.step.completed");
        assertThat(onceEach(rest).subList(1, onceEach(rest).size()))
                .isEqualTo(TEXT.subList(1, TEXT.size()));
        assertThat(outputsOf(rest.getFirst().asThreadRunStepCompleted().data()))
                .containsExactly("sunny", "sunny");
        assertThat(said(rest)).isEqualTo("Sunny at noon.");
    }

    @Test
    void aWaitingRunIsCancelled() {
        Run run = sdk.waitingForOutputs();

        var params = RunCancelParams.builder().threadId(run.threadId()).build();
        Run asked = sdk.client().beta().threads().runs().cancel(run.id(), params).validate();

        assertThat(asked.status()).isIn(RunStatus.CANCELLING, RunStatus.CANCELLED);
        assertThat(sdk.polled(asked).status()).isEqualTo(RunStatus.CANCELLED);
    }

    private static List<String> outputsOf(RunStep step) {
        return step.stepDetails().asToolCalls().toolCalls().stream()
                .map(call -> call.asFunction().function().output().orElseThrow())
                .toList();
    }

    private static String said(List<AssistantStreamEvent> events) {
        var said = new StringBuilder();
        for (var event : events) {
            event.threadMessageDelta()
                    .flatMap(delta -> delta.data().delta().content())
                    .ifPresent(parts -> parts.forEach(part -> said.append(textOf(part.asText()))));
        }
        return said.toString();
    }

    private static String textOf(TextDeltaBlock block) {
        return block.text().orElseThrow().value().orElseThrow();
    }

    /** The names of events without the repetition of one that follows itself. */
    private static List<String> onceEach(List<AssistantStreamEvent> events) {
        var names = new ArrayList<String>();
        for (var event : events) {
            String name = name(event);
            if (names.isEmpty() || !names.getLast().equals(name)) {
                names.add(name);
            }
        }
        return names;
    }

    private static String name(AssistantStreamEvent event) {
        JsonValue json = event._json().orElseThrow();
        return (String) json.convert(Map.class).get("event");
    }
}
