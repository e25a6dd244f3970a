package dev.threadwell.runworker.turn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.threadwell.assistant.Tool;
import dev.threadwell.persistence.thread.ConversationStore.Entry;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunError;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepDetails;
import dev.threadwell.run.Usage;
import dev.threadwell.runworker.Samples;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.MessageContent;
import dev.threadwell.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The messages of a prompt. */
class PromptTest {

    private static final int PLENTY = 100_000;
    private static final Tool WEATHER = Samples.function("weather");

    private final List<Entry> conversation = new ArrayList<>();
    private final Map<String, ImagePart> pictures = new HashMap<>();
    private Run run = Samples.run();

    private void said(String role, String text) {
        said(Samples.said(role, text));
    }

    private void said(Message message) {
        conversation.add(new Entry.Said(message));
    }

    private Message answer(String text) {
        return Samples.begun(run, "msg_1")
                .completed(List.of(MessageContent.Text.of(text)), Samples.NOW);
    }

    private void called(RunStep step) {
        conversation.add(new Entry.Called(step));
    }

    private RunStep answered(StepDetails.ToolCall... calls) {
        return Samples.calling(run, "step_1", calls).completed(Samples.NOW, Usage.NONE);
    }

    private void given(String members) {
        run = Samples.with(run, members);
    }

    private JsonNode prompt(int tokens) {
        return tree(request(tokens));
    }

    private JsonNode prompt() {
        return prompt(PLENTY);
    }

    private byte[] request(int tokens) {
        PromptResult asking =
                Prompt.of(
                        run,
                        conversation,
                        new AttachedFiles(pictures, Map.of()),
                        TokenBudget.of(run, Usage.NONE, tokens));
        return ((PromptResult.Request) asking).json();
    }

    private static JsonNode tree(byte[] json) {
        try {
            return Json.mapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode tree(String json) {
        return tree(json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private List<String> texts(int tokens) {
        List<String> texts = new ArrayList<>();
        prompt(tokens).path("messages").forEach(m -> texts.add(m.path("content").asText()));
        return texts;
    }

    @Nested
    class TheConversation {

        @Test
        void followsTheInstructions() {
            given("{\"instructions\": \"Be brief.\"}");
            said("user", "When is low tide?");
            said("assistant", "At six.");
            said("user", "And high tide?");

            assertThat(prompt().path("messages"))
                    .isEqualTo(
                            tree(
                                    """
                                    [{"role": "system", "content": "Be brief."},
                                     {"role": "user", "content": "When is low tide?"},
                                     {"role": "assistant", "content": "At six."},
                                     {"role": "user", "content": "And high tide?"}]
                                    """));
        }

        @Test
        void hasNoBlankInstructions() {
            given("{\"instructions\": \" \"}");

            assertThat(prompt().path("messages")).isEmpty();
        }

        @Test
        void hasCallsAndTheirOutputsInTheProvidersForm() {
            said("user", "What should I wear?");
            called(
                    answered(
                            Samples.call("call_a", "weather", "{\"city\":\"Brest\"}")
                                    .answeredWith("sunny"),
                            Samples.call("call_b", "tide", "{}").answeredWith("low")));

            assertThat(prompt().path("messages"))
                    .isEqualTo(
                            tree(
                                    """
                                    [{"role": "user", "content": "What should I wear?"},
                                     {"role": "assistant", "content": "", "tool_calls": [
                                       {"id": "call_a", "type": "function",
                                        "function": {"name": "weather", "arguments": "{\\"city\\":\\"Brest\\"}"}},
                                       {"id": "call_b", "type": "function",
                                        "function": {"name": "tide", "arguments": "{}"}}]},
                                     {"role": "tool", "tool_call_id": "call_a", "content": "sunny"},
                                     {"role": "tool", "tool_call_id": "call_b", "content": "low"}]
                                    """));
        }

        @Test
        void hasTextAndTheCallsBehindItAsOneMessage() {
            said("user", "What should I wear?");
            said(answer("Let me see."));
            called(answered(Samples.call("call_a", "weather", "{}").answeredWith("sunny")));

            JsonNode messages = prompt().path("messages");

            assertThat(messages).hasSize(3);
            assertThat(messages.get(1).path("content").asText()).isEqualTo("Let me see.");
            assertThat(messages.get(1).path("tool_calls")).hasSize(1);
        }

        @Test
        void hasCallsOfFollowingTurnsAsMessagesOfTheirOwn() {
            called(answered(Samples.call("call_a", "weather", "{}").answeredWith("sunny")));
            called(answered(Samples.call("call_b", "tide", "{}").answeredWith("low")));

            assertThat(prompt().path("messages").findValuesAsText("role"))
                    .containsExactly("assistant", "tool", "assistant", "tool");
        }

        @Test
        void leavesOutCallsThatWereNeverAnswered() {
            said("user", "What should I wear?");
            called(answered(Samples.call("call_a", "weather", "{\"ci")));

            assertThat(prompt().path("messages")).hasSize(1);
        }

        @Test
        void leavesOutStepsThatFailed() {
            said("user", "What should I wear?");
            called(
                    Samples.calling(
                                    run,
                                    "step_1",
                                    Samples.call("call_a", "weather", "{}").answeredWith("sunny"))
                            .failed(RunError.server(), Samples.NOW, Usage.NONE));

            assertThat(prompt().path("messages")).hasSize(1);
        }

        @Test
        void leavesOutWhatThisRunIsAboutToSayAnew() {
            said("user", "When is low tide?");
            said(
                    Samples.begun(run, "msg_1")
                            .incomplete(
                                    List.of(MessageContent.Text.of("At s")),
                                    "run_failed",
                                    Samples.NOW));

            assertThat(texts(PLENTY)).containsExactly("When is low tide?");
        }

        @Test
        void keepsWhatAnEarlierRunDidNotEnd() {
            Run earlier = Samples.with(run, "{\"id\": \"run_earlier\"}");
            said(
                    Samples.begun(earlier, "msg_1")
                            .incomplete(
                                    List.of(MessageContent.Text.of("At s")),
                                    "max_tokens",
                                    Samples.NOW));
            said("user", "Go on.");

            assertThat(texts(PLENTY)).containsExactly("At s", "Go on.");
        }

        @Test
        void leavesOutMessagesWithoutAWord() {
            said("user", "When is low tide?");
            said("assistant", "");
            said("user", "Hello?");

            assertThat(texts(PLENTY)).containsExactly("When is low tide?", "Hello?");
        }

        @Test
        void showsImagesAsParts() {
            said(
                    Message.written(
                            "msg_1",
                            Samples.THREAD,
                            Samples.NOW,
                            "user",
                            List.of(
                                    MessageContent.Text.of("What is this?"),
                                    new MessageContent.ImageUrl(
                                            new java.util.TreeMap<>(
                                                    Map.of(
                                                            "detail",
                                                            "low",
                                                            "url",
                                                            "https://example.com/crab.png")))),
                            List.of(),
                            Map.of()));

            assertThat(prompt().at("/messages/0/content"))
                    .isEqualTo(
                            tree(
                                    """
                                    [{"type": "text", "text": "What is this?"},
                                     {"type": "image_url",
                                      "image_url": {"detail": "low", "url": "https://example.com/crab.png"}}]
                                    """));
        }

        @Test
        void aPictureOfAFileGoesAlong() {
            pictures.put("file-crab", new ImagePart("data:image/png;base64,iVBORw=="));
            said(showing("user", "file-crab"));

            assertThat(prompt().at("/messages/0/content"))
                    .isEqualTo(
                            tree(
                                    """
                                    [{"type": "text", "text": "Look."},
                                     {"type": "image_url", "image_url":
                                        {"detail": "high", "url": "data:image/png;base64,iVBORw=="}}]
                                    """));
        }

        @Test
        void aPictureThatIsGoneIsMentioned() {
            said(showing("user", "file-crab"));

            assertThat(texts(PLENTY)).containsExactly("Look.\n[image file-crab]");
        }

        @Test
        void aPictureOfTheAssistantIsMentioned() {
            pictures.put("file-crab", new ImagePart("data:image/png;base64,iVBORw=="));
            said(showing("assistant", "file-crab"));

            assertThat(texts(PLENTY)).containsExactly("Look.\n[image file-crab]");
        }

        @Test
        void aPictureTakesNoMoreRoomThanItsTokens() {
            pictures.put("file-crab", new ImagePart("data:image/png;base64," + "A".repeat(99_999)));
            said(showing("user", "file-crab"));

            assertThat(prompt(2_000).at("/messages")).hasSize(1);
        }

        private Message showing(String role, String file) {
            return Message.written(
                    "msg_1",
                    Samples.THREAD,
                    Samples.NOW,
                    role,
                    List.of(
                            MessageContent.Text.of("Look."),
                            new MessageContent.ImageFile(
                                    Map.of("file_id", file, "detail", "high"))),
                    List.of(),
                    Map.of());
        }

        @Test
        void joinsTextsThatAreTheOnlyParts() {
            said(
                    Message.written(
                            "msg_1",
                            Samples.THREAD,
                            Samples.NOW,
                            "user",
                            List.of(MessageContent.Text.of("One."), MessageContent.Text.of("Two.")),
                            List.of(),
                            Map.of()));

            assertThat(texts(PLENTY)).containsExactly("One.\nTwo.");
        }
    }

    @Nested
    class Truncation {

        @Test
        void leavesOutTheOldestThatDoNotFit() {
            said("user", "old ".repeat(100));
            said("assistant", "newer");
            said("user", "newest");

            assertThat(texts(60)).containsExactly("newer", "newest");
        }

        @Test
        void countsTheInstructionsToo() {
            given("{\"instructions\": \"%s\"}".formatted("so ".repeat(50)));
            said("user", "old");
            said("user", "newest");

            assertThat(texts(60)).hasSize(2).last().isEqualTo("newest");
        }

        @Test
        void keepsTheNewestMessageHoweverLongItIs() {
            said("user", "old");
            said("user", "long ".repeat(1000));
            called(Samples.calling(run, "step_1").failed(RunError.server(), 1, Usage.NONE));

            assertThat(texts(10)).hasSize(1);
        }

        @Test
        void neverPartsCallsFromTheirOutputs() {
            called(
                    answered(
                            Samples.call("call_a", "weather", "{}")
                                    .answeredWith("sunny ".repeat(100))));
            said("user", "newest");

            assertThat(texts(60)).containsExactly("newest");
        }

        @Test
        void keepsTheLastMessagesThatTheRunWants() {
            given("{\"truncation_strategy\": {\"type\": \"last_messages\", \"last_messages\": 2}}");
            said("user", "one");
            said("assistant", "two");
            said("user", "three");

            assertThat(texts(PLENTY)).containsExactly("two", "three");
        }

        @Test
        void doesNotCountWhatTheRunItselfHasSaid() {
            given("{\"truncation_strategy\": {\"type\": \"last_messages\", \"last_messages\": 1}}");
            said("user", "one");
            said("user", "What should I wear?");
            said(answer("Let me see."));
            called(answered(Samples.call("call_a", "weather", "{}").answeredWith("sunny")));

            assertThat(texts(PLENTY))
                    .containsExactly("What should I wear?", "Let me see.", "sunny");
        }
    }
}
