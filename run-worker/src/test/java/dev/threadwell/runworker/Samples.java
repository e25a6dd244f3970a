package dev.threadwell.runworker;

import dev.threadwell.assistant.Tool;
import dev.threadwell.run.Run;
import dev.threadwell.run.RunProgress;
import dev.threadwell.run.RunStatus;
import dev.threadwell.run.RunStep;
import dev.threadwell.run.StepDetails;
import dev.threadwell.run.ToolOutput;
import dev.threadwell.run.TruncationStrategy;
import dev.threadwell.run.Usage;
import dev.threadwell.thread.Message;
import dev.threadwell.thread.MessageContent;
import dev.threadwell.wire.Json;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Objects for tests, and the one time at which all of them are created. */
public final class Samples {

    public static final long NOW = 1_761_861_533;
    public static final InstantSource CLOCK = () -> Instant.ofEpochSecond(NOW);
    public static final Usage SPENT = Usage.of(284, 42, 0, 0);
    public static final String RUN = "run_ferry";
    public static final String THREAD = "thread_pier";

    private Samples() {}

    /** A run that a worker has just claimed. */
    public static Run run(Tool... tools) {
        Run queued =
                new Run(
                        RUN,
                        Run.OBJECT,
                        NOW,
                        "asst_clerk",
                        THREAD,
                        RunStatus.QUEUED,
                        null,
                        NOW + Run.LIFETIME_SECONDS,
                        null,
                        null,
                        null,
                        null,
                        null,
                        "sim-1",
                        null,
                        List.of(tools),
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
        return in(queued, RunStatus.IN_PROGRESS);
    }

    /** The run in another status; its other fields are unchanged. */
    public static Run in(Run run, RunStatus status) {
        RunProgress p = run.progress();
        return run.with(
                new RunProgress(
                        status,
                        Long.valueOf(NOW),
                        p.expiresAt(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null));
    }

    /** The run with its fields replaced by the members of this JSON object. */
    public static Run with(Run run, String json) {
        try {
            return Json.read(
                    Json.mapper().readerForUpdating(Json.mapper().valueToTree(run)).readTree(json),
                    Run.class);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    public static Tool function(String name) {
        return new Tool.Function(
                new Tool.Definition(
                        name, null, Map.of("type", "object", "properties", Map.of()), false));
    }

    public static Tool fileSearch() {
        return new Tool.FileSearch(
                new Tool.Options(null, new Tool.Ranking("default_2024_08_21", 0.0, null)));
    }

    /** A file search call that has found this text in a file. */
    public static StepDetails.FileSearchCall found(String id, int number, String text) {
        return new StepDetails.FileSearchCall(
                id,
                new StepDetails.Search(
                        Map.of(),
                        List.of(
                                Map.of(
                                        "file_id",
                                        "file-tides",
                                        "file_name",
                                        "tides.txt",
                                        "content",
                                        List.of(Map.of("type", "text", "text", text)))),
                        "{\"query\":\"tide\"}",
                        null,
                        number));
    }

    /** A code interpreter call that has written an image and a table. */
    public static StepDetails.CodeInterpreterCall drawn(String id) {
        return new StepDetails.CodeInterpreterCall(
                id,
                new StepDetails.Code(
                        "plot()",
                        List.of(
                                Map.of("type", "logs", "logs", "drawn\n"),
                                Map.of("type", "image", "image", Map.of("file_id", "file-chart"))),
                        List.of(new ToolOutput.MadeFile("/mnt/data/my tides.csv", "file-csv")),
                        null));
    }

    public static Message said(String role, String text) {
        return Message.written(
                "msg_" + role,
                THREAD,
                NOW,
                role,
                List.of(MessageContent.Text.of(text)),
                List.of(),
                Map.of());
    }

    /** A message of this run that is in progress. */
    public static Message begun(Run run, String id) {
        return Message.begun(id, NOW, run.assistantId(), run.threadId(), run.id());
    }

    public static RunStep writing(Run run, String id, String messageId) {
        return RunStep.begun(
                id, run, new StepDetails.MessageCreation(new StepDetails.Created(messageId)), NOW);
    }

    public static RunStep calling(Run run, String id, StepDetails.ToolCall... calls) {
        return RunStep.begun(id, run, new StepDetails.ToolCalls(List.of(calls)), NOW);
    }

    public static StepDetails.FunctionCall call(String id, String name, String arguments) {
        return new StepDetails.FunctionCall(id, new StepDetails.Function(name, arguments, null));
    }
}
