package dev.threadwell.clients;

import static dev.threadwell.clients.OpenAiJava.SAYING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.beta.threads.messages.MessageCreateParams;
import com.openai.models.beta.threads.runs.Run;
import com.openai.models.beta.threads.runs.RunCancelParams;
import com.openai.models.beta.threads.runs.RunCreateParams;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@AgainstThreadwell
@ExtendWith(CountedForConformance.class)
class OpenAiJavaRefusalsTest {

    private static final String UNKNOWN = "asst_abcdefghijklmnopqrstuvwx";

    private final Target target;
    private final OpenAiJava sdk;

    OpenAiJavaRefusalsTest(Target target) {
        this.target = target;
        this.sdk = OpenAiJava.of(target);
    }

    @Test
    void aMessageDuringARunIsRefused() {
        Run run = sdk.waitingForOutputs();
        var message =
                MessageCreateParams.builder()
                        .threadId(run.threadId())
                        .role(MessageCreateParams.Role.USER)
                        .content("And?")
                        .build();

        var error =
                refused(
                        BadRequestException.class,
                        () -> sdk.client().beta().threads().messages().create(message));

        says(
                error,
                "Can't add messages to %s while a run %s is active."
                        .formatted(run.threadId(), run.id()));
    }

    @Test
    void aSecondRunIsRefused() {
        Run run = sdk.waitingForOutputs();

        var error =
                refused(BadRequestException.class, () -> run(run.threadId(), run.assistantId()));

        says(error, "Thread %s already has an active run %s.".formatted(run.threadId(), run.id()));
    }

    @Test
    void missingToolOutputsAreNamed() {
        Run run = sdk.waitingForOutputs();
        var calls = OpenAiJava.calls(run);
        var half = OpenAiJava.outputs(run, calls.subList(0, 1));

        var error =
                refused(
                        BadRequestException.class,
                        () -> sdk.client().beta().threads().runs().submitToolOutputs(half));

        says(
                error,
                "Expected tool outputs for call_ids ['%1$s', '%2$s'], got ['%1$s']"
                        .formatted(calls.get(0).id(), calls.get(1).id()));
    }

    @Test
    void aFinishedRunIsNotCancelled() {
        Run run = sdk.polled(sdk.run(sdk.threadSaying(SAYING), sdk.assistant()));
        var where = RunCancelParams.builder().threadId(run.threadId()).build();

        var error =
                refused(
                        BadRequestException.class,
                        () -> sdk.client().beta().threads().runs().cancel(run.id(), where));

        says(error, "Cannot cancel run with status 'completed'.");
    }

    @Test
    void aRunOfAnUnknownAssistantIsNotFound() {
        String thread = sdk.threadSaying("Hello").id();

        var error = refused(NotFoundException.class, () -> run(thread, UNKNOWN));

        says(error, "No assistant found with id '" + UNKNOWN + "'.");
    }

    @Test
    void aWrongKeyIsRefused() {
        var stranger = OpenAiJava.of(target, "sk-nobody-has-this-key-0123456789");

        var error = refused(UnauthorizedException.class, stranger::assistant);

        assertThat(error.code()).contains("invalid_api_key");
        assertThat(error.getMessage())
                .contains("Incorrect API key provided: sk-")
                .doesNotContain("nobody");
    }

    private Run run(String threadId, String assistantId) {
        var params = RunCreateParams.builder().threadId(threadId).assistantId(assistantId).build();
        return sdk.client().beta().threads().runs().create(params);
    }

    private static void says(OpenAIServiceException error, String message) {
        assertThat(error.getMessage()).endsWith(message);
        assertThat(error.type()).contains("invalid_request_error");
        assertThat(error.headers().values("x-request-id"))
                .singleElement()
                .asString()
                .startsWith("req_");
    }

    private static <E extends OpenAIServiceException> E refused(
            Class<E> type, ThrowingCallable call) {
        E error = catchThrowableOfType(type, call);
        assertThat(error).as("the refusal").isNotNull();
        return error;
    }
}
