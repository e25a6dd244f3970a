package dev.threadwell.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.core.JsonValue;
import com.openai.errors.NotFoundException;
import com.openai.models.beta.assistants.AssistantListParams;
import com.openai.models.beta.assistants.AssistantUpdateParams;
import com.openai.models.beta.threads.messages.Message;
import com.openai.models.beta.threads.messages.MessageListParams;
import com.openai.models.beta.threads.messages.MessageRetrieveParams;
import com.openai.models.models.Model;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@AgainstThreadwell
@ExtendWith(CountedForConformance.class)
class OpenAiJavaObjectsTest {

    private final OpenAiJava sdk;

    OpenAiJavaObjectsTest(Target target) {
        this.sdk = OpenAiJava.of(target);
    }

    @Test
    void modelsAreListed() {
        assertThat(sdk.client().models().list().items()).isNotEmpty().allSatisfy(Model::validate);
    }

    @Test
    void anAssistantLivesFromCreationToDeletion() {
        var assistants = sdk.client().beta().assistants();
        var made = sdk.assistant();
        assertThat(assistants.retrieve(made.id()).validate()).isEqualTo(made);

        var marked =
                assistants.update(
                        made.id(),
                        AssistantUpdateParams.builder()
                                .name("Physics Tutor")
                                .metadata(
                                        AssistantUpdateParams.Metadata.builder()
                                                .putAdditionalProperty(
                                                        "class", JsonValue.from("7b"))
                                                .build())
                                .build());
        assertThat(marked.validate().name()).contains("Physics Tutor");
        assertThat(marked.instructions()).isEqualTo(made.instructions());

        var gone = assistants.delete(made.id()).validate();
        assertThat(gone.id()).isEqualTo(made.id());
        assertThat(gone.deleted()).isTrue();
        assertThatThrownBy(() -> assistants.retrieve(made.id()))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("No assistant found with id '" + made.id() + "'.");
    }

    @Test
    void assistantsArePagedNewestFirst() {
        var made = List.of(sdk.assistant().id(), sdk.assistant().id(), sdk.assistant().id());

        var pages =
                sdk.client()
                        .beta()
                        .assistants()
                        .list(AssistantListParams.builder().limit(1).build());

        assertThat(pages.autoPager().stream().limit(3).map(one -> one.validate().id()))
                .containsExactlyElementsOf(made.reversed());
    }

    @Test
    void aThreadLivesFromCreationToDeletion() {
        var threads = sdk.client().beta().threads();
        var made = sdk.threadSaying("你都能做什么？");
        assertThat(threads.retrieve(made.id()).validate().id()).isEqualTo(made.id());
        assertThat(threads.delete(made.id()).validate().deleted()).isTrue();
        assertThatThrownBy(() -> threads.retrieve(made.id()))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("No thread found with id '" + made.id() + "'.");
    }

    @Test
    void messagesArePagedByTheSdk() {
        var thread = sdk.threadSaying("1", "2", "3", "4", "5");

        var params = MessageListParams.builder().threadId(thread.id()).limit(2).build();
        var messages =
                sdk.client().beta().threads().messages().list(params).autoPager().stream().toList();

        assertThat(messages).allSatisfy(Message::validate);
        assertThat(messages).extracting(OpenAiJava::text).containsExactly("5", "4", "3", "2", "1");
    }

    @Test
    void aMessageIsFoundInItsThreadOnly() {
        var messages = sdk.client().beta().threads().messages();
        var thread = sdk.threadSaying("here");
        var other = sdk.threadSaying("elsewhere");
        String id = messages.list(thread.id()).items().getFirst().id();

        assertThat(OpenAiJava.text(messages.retrieve(id, in(thread.id())).validate()))
                .isEqualTo("here");
        assertThatThrownBy(() -> messages.retrieve(id, in(other.id())))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("No message found with id '" + id + "'.");
    }

    private static MessageRetrieveParams in(String threadId) {
        return MessageRetrieveParams.builder().threadId(threadId).build();
    }
}
