package dev.threadwell.clients;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** An assistant searches the web, cites and draws, as the official clients see it. */
@AgainstThreadwell
class PosterTest {

    private static final String A_PICTURE = "picture: PNG \\d+ bytes\n";
    private static final String CITATIONS = "(cites: 【\\d+:\\d+†[^】]+】 https?://\\S+\n)+";

    private final Target target;

    PosterTest(Target target) {
        this.target = target;
    }

    @Test
    void thePythonClientGetsAPosterWithItsSourcesStreamedAndPolled() {
        assertThat(saidBy(PythonSdk.newest().script(Repository.QUICKSTARTS.resolve("poster.py"))))
                .matches(posterTwice());
    }

    @Test
    void theNodeClientGetsAPosterWithItsSourcesStreamedAndPolled() {
        assertThat(saidBy(NodeSdk.newest().script(Repository.QUICKSTARTS.resolve("poster.mjs"))))
                .matches(posterTwice());
    }

    private static String posterTwice() {
        return "called: web_search\ncalled: text_to_image\n"
                + A_PICTURE
                + CITATIONS
                + "polled: completed\n"
                + A_PICTURE
                + CITATIONS;
    }

    private String saidBy(Command script) {
        return script.against(target)
                .run("this machine can run neither Python nor Node")
                .orFail("The poster was not made.")
                .out();
    }
}
