package dev.threadwell.clients;

import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/** Conversations with the original, as its makers' .NET SDK recorded them, held again with us. */
@AgainstThreadwell
class RecordingsTest {

    private static final Subject SUBJECT =
            new Subject("recorded HTTP (openai-dotnet)", "2025", "v2", "recordings");

    @TestFactory
    DynamicContainer everyAnswerHasTheShapeThatWasRecorded(Target target) {
        return Probe.container(
                SUBJECT,
                Command.of("python3", "-B", Repository.MODULE.resolve("recordings/replay.py"))
                        .against(target));
    }
}
