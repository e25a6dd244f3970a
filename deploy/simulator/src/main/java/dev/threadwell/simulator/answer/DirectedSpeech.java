package dev.threadwell.simulator.answer;

import dev.threadwell.simulator.direction.Content;
import dev.threadwell.simulator.request.ToolCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds the text, refusal and function calls that a direction specifies. */
final class DirectedSpeech {
    private DirectedSpeech() {}

    static ModelAnswer.Speech of(Content content) {
        String refusal = content.refusal();
        return new ModelAnswer.Speech(
                text(content.say(), content.tokens()),
                refusal == null ? List.of() : SimulatedTokens.split(refusal),
                content.calls().stream()
                        .map(
                                call ->
                                        new ToolCall(
                                                SimulatedIds.next("call_"),
                                                call.name(),
                                                call.arguments()))
                        .toList());
    }

    private static List<String> text(@Nullable String say, @Nullable Integer tokens) {
        List<String> said = say == null ? List.of() : SimulatedTokens.split(say);
        return tokens == null ? said : new Lorem(said, tokens);
    }
}
