package dev.threadwell.toolworker.codeinterpreter;

import dev.threadwell.assistant.ToolKind;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.toolworker.CancelledRuns;
import dev.threadwell.topic.ToolRequested;
import dev.threadwell.wire.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** Calls of the code interpreter, in real sandboxes. */
@Tag("server")
abstract class CodeInterpreterFixture {

    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
    private static final String[] SETTINGS = {
        "sessions",
        "2",
        "made-files",
        "3",
        "disk-bytes",
        "16777216",
        "time-limit",
        "5m",
        "grace",
        "1m"
    };

    static final CodeConfig CONFIG = CodeSandboxes.config(SETTINGS);

    private static CodeSandbox sandbox;
    private static Sessions sessions;

    final FakeFileObjects files = new FakeFileObjects();
    final FakeRecords records = new FakeRecords();
    final CancelledRuns cancelled = new CancelledRuns();
    final CodeInterpreter interpreter = interpreter(sandbox);
    final String thread = "thread_" + UUID.randomUUID();
    private int calls;

    CodeInterpreter interpreter(CodeSandbox sandbox) {
        return new CodeInterpreter(sandbox, sessions, records, files, CONFIG, cancelled, () -> NOW);
    }

    @BeforeAll
    static void open() {
        sandbox = CodeSandboxes.bubblewrap(SETTINGS);
        sessions = new Sessions(sandbox, CONFIG);
    }

    @AfterAll
    static void close() {
        sessions.close();
    }

    ToolRequested call(String thread, String code, Duration left) {
        return new ToolRequested(
                "proj",
                thread,
                "run_1",
                "step_1",
                "call_" + ++calls,
                ToolKind.CODE_INTERPRETER,
                null,
                "code_interpreter",
                Json.compact(Map.of("code", code)),
                NOW.plus(left).getEpochSecond());
    }

    ToolOutput.Code ran(String thread, String code) throws IOException {
        return (ToolOutput.Code) interpreter.execute(call(thread, code, Duration.ofMinutes(10)));
    }

    ToolOutput.Code ran(String code) throws IOException {
        return ran(thread, code);
    }

    static Map<String, Object> logs(String text) {
        return Map.of("type", "logs", "logs", text);
    }
}
