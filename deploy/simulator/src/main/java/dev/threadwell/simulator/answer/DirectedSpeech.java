package dev.threadwell.simulator.answer;

import dev.threadwell.simulator.direction.Content;
import dev.threadwell.simulator.request.ToolCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds the text, refusal and function calls that a direction specifies. */
final class DirectedSpeech {
    private DirectedSpeech() {}

    static Answer.Speech of(Content content) {
        String refusal = content.refusal();
        return new Answer.Speech(
                text(content.say(), content.tokens()),
                refusal == null ? List.of() : Tokens.split(refusal),
                content.calls().stream()
                        .map(call -> new ToolCall(Ids.next("call_"), call.name(), call.arguments()))
                        .toList());
    }

    private static List<String> text(@Nullable String say, @Nullable Integer tokens) {
        List<String> said = say == null ? List.of() : Tokens.split(say);
        return tokens == null ? said : new Lorem(said, tokens);
    }
}
