package dev.threadwell.toolworker.codeinterpreter;

/** The sandbox of bubblewrap. */
class BubblewrapSandboxTest extends CodeSandboxRules {

    @Override
    CodeSandbox sandbox() {
        return CodeSandboxes.bubblewrap(
                "log-chars", "5000", "pictures", "2", "disk-bytes", "16777216");
    }
}
