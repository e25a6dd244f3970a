package dev.threadwell.toolworker.codeinterpreter;

import java.time.Duration;

/** The sandbox of bubblewrap. */
class BubblewrapSandboxTest extends CodeSandboxRules {

    @Override
    CodeSandbox sandbox(Duration grace) {
        return CodeSandboxes.bubblewrap(
                "log-chars",
                "5000",
                "pictures",
                "2",
                "disk-bytes",
                "16777216",
                "grace",
                grace.toString());
    }
}
