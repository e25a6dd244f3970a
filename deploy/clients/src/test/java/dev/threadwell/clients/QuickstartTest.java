package dev.threadwell.clients;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

@AgainstThreadwell
class QuickstartTest {

    private static final String STREAMED = "3x + 11 = 14";
    private static final String POLLED = "5x + 20 = 30";

    private final Target target;

    QuickstartTest(Target target) {
        this.target = target;
    }

    @Test
    void thePythonQuickstartAnswersStreamedAndPolled() {
        String said =
                saidBy(PythonSdk.newest().script(Repository.QUICKSTARTS.resolve("quickstart.py")));

        assertThat(said).contains(STREAMED).contains("completed: ").contains(POLLED);
    }

    @Test
    void theNodeQuickstartAnswersStreamedAndPolled() {
        String said =
                saidBy(NodeSdk.newest().script(Repository.QUICKSTARTS.resolve("quickstart.mjs")));

        assertThat(said).contains(STREAMED).contains("completed: ").contains(POLLED);
    }

    @Test
    void theCurlQuickstartAnswersStreamedAndPolled() {
        String said = saidBy(Command.of("bash", Repository.QUICKSTARTS.resolve("quickstart.sh")));

        assertThat(said)
                .contains(
                        "event: thread.message.delta",
                        "event: thread.run.completed",
                        "data: [DONE]")
                .contains(STREAMED)
                .contains("\"role\": \"assistant\"")
                .contains(POLLED);
    }

    private String saidBy(Command quickstart) {
        return quickstart
                .against(target)
                .run(
                        "the quick starts need bash and curl: install them (Debian: apt-get install bash curl)")
                .orFail("The quick start broke.")
                .out();
    }
}
