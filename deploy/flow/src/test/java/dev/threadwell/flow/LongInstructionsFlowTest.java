package dev.threadwell.flow;

import static dev.threadwell.flow.Model.simulate;
import static dev.threadwell.flow.Status.COMPLETED;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Instructions as long as the API takes them, in a worker with a small heap. */
@OnInstallation
class LongInstructionsFlowTest {

    private final Client client;

    LongInstructionsFlowTest(Installation installation) {
        client = installation.client();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "語", "🦊", " ", "ab "})
    void instructionsOfTheGreatestLengthAreFollowedStreamedAndPolled(String piece) {
        String longest = piece.repeat(256_000 / piece.codePointCount(0, piece.length()));
        var options = Map.of("instructions", longest);

        client.asks(simulate("{'say':'Read.'}"), options).becomes(COMPLETED).says("Read.");
        client.streams(simulate("{'say':'Read.'}"), options)
                .streamedWhatIsStored()
                .becomes(COMPLETED);
    }
}
