package dev.threadwell;

import dev.threadwell.assistant.Assistant;
import dev.threadwell.assistant.Binding;
import dev.threadwell.assistant.Tool;
import dev.threadwell.run.Ids;
import dev.threadwell.run.RequiredAction;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunError;
import dev.threadwell.run.RunProgress;
import dev.threadwell.run.RunStatus;
import dev.threadwell.run.TruncationStrategy;
import dev.threadwell.run.Usage;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.MessageContent;
import dev.threadwell.thread.ThreadObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Objects for tests, all created in the same second. */
public final class Samples {

    /**
     * The time at which the objects are created: so far in the future that no database considers
     * them overdue.
     */
    public static final Instant NOW = Instant.ofEpochSecond(4_000_000_000L);

    public static final Usage SPENT = Usage.of(70, 7, 0, 0);

    private static final long CREATED = NOW.getEpochSecond();

    private Samples() {}

    public static Assistant assistant(String id) {
        return new Assistant(
                id,
                Assistant.OBJECT,
                CREATED,
                "Ferry clerk",
                null,
                "sim-1",
                null,
                List.of(),
                1.0,
                1.0,
                null,
                Map.of(),
                Map.of(),
                "auto");
    }

    /** A function that is bound to an endpoint, and an MCP server, each with a secret. */
    public static List<Tool> toolsWithSecrets() {
        return List.of(
                new Tool.Function(
                        new Tool.Definition("tides", null, Map.of(), false),
                        new Binding(
                                new Binding.Http("https://tides.test/call"),
                                null,
                                30,
                                true,
                                "secret_of_tides")),
                new Tool.Mcp(
                        "harbour", "https://mcp.test/mcp", null, "never", "secret_of_harbour"));
    }

    public static ThreadObject thread() {
        return new ThreadObject(Ids.thread(), ThreadObject.OBJECT, CREATED, Map.of(), Map.of());
    }

    public static Message question(String threadId, String text) {
        return Message.written(
                Ids.message(),
                threadId,
                CREATED,
                "user",
                List.of(MessageContent.Text.of(text)),
                List.of(),
                Map.of());
    }

    public static Message answer(Run run, String text) {
        return Message.begun(Ids.message(), CREATED, run.assistantId(), run.threadId(), run.id())
                .completed(List.of(MessageContent.Text.of(text)), CREATED);
    }

    public static RequiredAction.Call call(String id) {
        return new RequiredAction.Call(
                id, "function", new RequiredAction.Function("ferry_times", "{}"));
    }

    public static Run queued(String threadId) {
        return queued(threadId, CREATED);
    }

    public static Run queued(String threadId, long createdAt) {
        return new Run(
                Ids.run(),
                Run.OBJECT,
                createdAt,
                "asst_clerk",
                threadId,
                RunStatus.QUEUED,
                null,
                createdAt + Run.LIFETIME_SECONDS,
                null,
                null,
                null,
                null,
                null,
                "sim-1",
                null,
                List.<Tool>of(),
                Map.of(),
                Map.of(),
                1.0,
                1.0,
                null,
                null,
                null,
                TruncationStrategy.AUTO,
                null,
                null,
                "auto",
                "auto",
                true);
    }

    /** A run in this status. */
    public static Run run(RunStatus status) {
        Run run = queued("thread_pier");
        long started = CREATED + 1;
        long ended = CREATED + 9;
        Long expires = run.expiresAt();
        return run.with(
                switch (status) {
                    case QUEUED -> RunProgress.queued(expires);
                    case IN_PROGRESS, CANCELLING ->
                            new RunProgress(
                                    status, started, expires, null, null, null, null, null, null,
                                    null);
                    case REQUIRES_ACTION ->
                            new RunProgress(
                                    status,
                                    started,
                                    expires,
                                    null,
                                    null,
                                    null,
                                    RequiredAction.outputsOf(
                                            List.of(call("call_a"), call("call_b"))),
                                    null,
                                    null,
                                    null);
                    case CANCELLED ->
                            new RunProgress(
                                    status, started, null, ended, null, null, null, null, null,
                                    SPENT);
                    case FAILED ->
                            new RunProgress(
                                    status,
                                    started,
                                    null,
                                    null,
                                    ended,
                                    null,
                                    null,
                                    RunError.server(),
                                    null,
                                    SPENT);
                    case COMPLETED ->
                            new RunProgress(
                                    status, started, null, null, null, ended, null, null, null,
                                    SPENT);
                    case INCOMPLETE ->
                            new RunProgress(
                                    status,
                                    started,
                                    null,
                                    null,
                                    null,
                                    ended,
                                    null,
                                    null,
                                    new Run.IncompleteDetails("max_completion_tokens"),
                                    SPENT);
                    case EXPIRED ->
                            new RunProgress(
                                    status, started, null, null, null, null, null, null, null,
                                    SPENT);
                });
    }
}
